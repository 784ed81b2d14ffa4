package dev.kagami.mirror.compensation;

import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VectorStore;
import java.util.concurrent.CompletionStage;

/** Something decided for good that every site has to be told. Telling twice equals once. */
sealed interface Errand {

  /** The transaction that it is about. */
  JournalEntry entry();

  /** Tells one site; ends normally if it acknowledges. */
  CompletionStage<Void> tell(VectorStore site, CallContext context);

  /** What the journal says once every site has acknowledged. */
  JournalEntry.Status end();

  default Stamp stamp() {
    return entry().stamp();
  }

  /** The transaction does not count. */
  record Undo(JournalEntry entry) implements Errand {
    @Override
    public CompletionStage<Void> tell(VectorStore site, CallContext context) {
      return site.revoke(entry.undo(), context);
    }

    @Override
    public JournalEntry.Status end() {
      return JournalEntry.Status.COMPENSATED;
    }
  }

  /**
   * The transaction stands.
   *
   * @param version its version, or the settled one that has replaced it, stored whatever is there
   */
  record LevelForward(JournalEntry entry, Mutation version) implements Errand {
    @Override
    public CompletionStage<Void> tell(VectorStore site, CallContext context) {
      return site.apply(version, context).thenAccept(_ -> {});
    }

    @Override
    public JournalEntry.Status end() {
      return JournalEntry.Status.COMPLETED;
    }
  }
}
