package dev.kagami.agent.index;

import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Change;
import dev.kagami.core.store.ChangeLog;
import dev.kagami.core.store.ChangeLogs;
import dev.kagami.core.store.ChangePage;
import dev.kagami.core.store.ChangePosition;
import dev.kagami.core.store.Changes;
import dev.kagami.core.store.HeadCursor;
import dev.kagami.core.store.HeadPage;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.KeptHeads;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.vector.VectorId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What the agent tells of its contents. A change that is not on disk yet is not shown: a crash
 * could take it back, and who had seen it would be ahead of us for ever. Thread-safe.
 */
final class LoggedChanges implements Changes {
  private final AgentIdentity identity;
  private final Ledger ledger;

  LoggedChanges(AgentIdentity identity, Ledger ledger) {
    this.identity = identity;
    this.ledger = ledger;
  }

  @Override
  public CompletionStage<ChangeLogs> changeLogs(CallContext context) {
    var log = new ChangeLog(ledger.log().identity(), identity.name(), end(), flushed());
    return CompletableFuture.completedStage(new ChangeLogs(List.of(log), List.of()));
  }

  /** The last change that is on disk; in turn, so that none is half in memory. */
  private long end() {
    return Math.min(ledger.inTurn(() -> ledger.contents().lastChange()), ledger.log().durable());
  }

  private Stamp flushed() {
    var contents = ledger.contents();
    return contents.lastFlush() <= ledger.log().durable() ? contents.flushed() : Stamp.NONE;
  }

  @Override
  public CompletionStage<ChangePage> changesSince(
      ChangePosition position, int limit, CallContext context) {
    var log = ledger.log().identity();
    if (!position.log().equals(log)) {
      return CompletableFuture.failedStage(
          new NotFound("agent " + identity.name() + " has no change log " + position.log()));
    }
    long end = end();
    var contents = ledger.contents();
    var entries = contents.changes().between(position.seq(), end, limit);
    long last = entries.size() < limit ? Math.max(position.seq(), end) : entries.getLast().seq();
    var changes = entries.stream().flatMap(entry -> change(contents, entry).stream()).toList();
    return CompletableFuture.completedStage(
        new ChangePage(changes, new ChangePosition(log, last), end));
  }

  /** Empty if the id has changed once more since: it then stands further on. */
  private static Optional<Change> change(Contents contents, ChangeList.Entry entry) {
    var lineage = contents.lineage(entry.id());
    return lineage.changeSeq() == entry.seq()
        ? Optional.of(new Change(entry.seq(), lineage.heads()))
        : Optional.empty();
  }

  @Override
  public CompletionStage<HeadPage> heads(HeadCursor cursor, int limit, CallContext context) {
    var lineages = ledger.contents().lineages(cursor, limit);
    return CompletableFuture.completedStage(
        new HeadPage(
            lineages.stream().map(Lineage::heads).toList(), Lineage.behind(lineages, limit)));
  }

  @Override
  public CompletionStage<List<KeptHeads>> lacking(List<KeptHeads> offered, CallContext context) {
    var contents = ledger.contents();
    return CompletableFuture.completedStage(
        offered.stream()
            .map(heads -> heads.after(contents.flushed()))
            .map(heads -> lacking(contents, heads))
            .filter(heads -> !heads.isEmpty())
            .toList());
  }

  private static KeptHeads lacking(Contents contents, KeptHeads offered) {
    var here = contents.lineage(offered.id());
    return here.lacking(
        offered
            .withoutSuperseded(stamp -> contents.isSettled(stamp) && !here.isVoid(stamp))
            .withoutForgotten(contents.trimmed(), here.heads()));
  }

  @Override
  public CompletionStage<List<Kept>> findAll(List<VectorId> ids, CallContext context) {
    return CompletableFuture.completedStage(ids.stream().map(ledger.contents()::kept).toList());
  }
}
