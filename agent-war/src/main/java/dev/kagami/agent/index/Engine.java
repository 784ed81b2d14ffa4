package dev.kagami.agent.index;

import dev.kagami.core.store.IndexInfo;
import java.util.concurrent.atomic.AtomicLong;

/** Contents and all that makes them searchable; as a whole replaced by a flush. */
record Engine(
    Contents contents, LiveGraph graph, Distances distances, Linker linker, Searcher searcher) {
  private static final int BEHIND = 1000;

  /** How much there is, linked and not. The counts are those of one moment or nearly so. */
  IndexInfo info(boolean saving) {
    var pending = contents.pending();
    var shown = new AtomicLong();
    pending.forEach(slot -> shown.addAndGet(contents.visible().get(slot) ? 1 : 0));
    long uncommitted = shown.get();
    long stored = Math.max(0, contents.visible().count() - uncommitted);
    boolean indexing = linker.isAwaited() || pending.size() > BEHIND;
    return new IndexInfo(stored, uncommitted, indexing, saving);
  }
}
