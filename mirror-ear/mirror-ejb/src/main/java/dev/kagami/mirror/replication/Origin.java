package dev.kagami.mirror.replication;

import static java.util.Objects.requireNonNull;

import dev.kagami.core.clock.HybridClock;
import dev.kagami.core.fanout.Fanout;
import dev.kagami.core.store.VectorStore;
import dev.kagami.mirror.compensation.CompensationJournal;
import dev.kagami.mirror.compensation.Compensator;
import dev.kagami.mirror.compensation.Endings;
import dev.kagami.mirror.compensation.Ledger;
import dev.kagami.mirror.compensation.Means;
import dev.kagami.mirror.compensation.Recovery;
import dev.kagami.mirror.compensation.Settlement;
import dev.kagami.mirror.compensation.Sites;
import java.util.concurrent.CompletionStage;

/**
 * This process as the origin of writes: wires the store that users write to with all that ends what
 * they began.
 *
 * <p>Life: constructed over a journal that is open, {@link #start} once the mesh is complete,
 * {@link #leave} before the journal is closed. Users' writes are refused while something that the
 * journal was found to hold is undecided.
 */
public final class Origin {
  final Sites sites;
  final CompensationJournal journal;
  final Endings endings;
  final Ledger ledger;
  final Compensator compensator;
  final Means means;
  final Fanout fanout;
  final Recovery recovery;
  final Mode mode;
  final Receipts receipts = new Receipts();

  private final MirroredVectorStore store;
  private final Settlement settlement;

  /**
   * @param mode of writes that do not ask for another
   * @param clock begins at the journal's bound or above it, and gives stamps to nobody else; others
   *     may read it and let it observe
   */
  public Origin(
      Sites sites, Mode mode, CompensationJournal journal, HybridClock clock, Means means) {
    this.sites = requireNonNull(sites, "sites");
    this.mode = requireNonNull(mode, "mode");
    this.journal = requireNonNull(journal, "journal");
    this.means = requireNonNull(means, "means");
    this.endings = new Endings(journal, means);
    this.ledger = new Ledger(clock, journal);
    this.compensator = new Compensator(sites, journal, endings, ledger, means);
    this.fanout = new Fanout(means.scheduler());
    this.store = new MirroredVectorStore(this);
    this.recovery = new Recovery(sites, journal, compensator, means);
    this.settlement = new Settlement(sites, ledger, compensator, means);
  }

  /** What users and peers of this mesh call. */
  public VectorStore store() {
    return store;
  }

  /** Where writes go. */
  public Sites sites() {
    return sites;
  }

  /** What clients were told of the last writes. */
  public Receipts receipts() {
    return receipts;
  }

  /** What is undecided, or owed to some site. */
  public Ledger ledger() {
    return ledger;
  }

  /** Who still has to hear of what was decided. */
  public Compensator compensator() {
    return compensator;
  }

  /** What an earlier process left undecided. */
  public Recovery recovery() {
    return recovery;
  }

  /**
   * Whether no transaction is open in the journal that a crash would have to judge by what the own
   * cluster remembers, but for those that are undecided now.
   */
  public boolean isJudged() {
    return recovery.undecided() == 0 && endings.unwritten() == 0;
  }

  /** Begins to end what an earlier process left, and to settle; to be called once. */
  public void start() {
    recovery.start();
    settlement.start();
  }

  /**
   * Takes no more user writes.
   *
   * @return ends when nothing is undecided or owed any more, which takes for ever if a target stays
   *     away: what is left then is in the journal
   */
  public CompletionStage<Void> leave() {
    store.close();
    return ledger.drained().thenRun(settlement::stop);
  }
}
