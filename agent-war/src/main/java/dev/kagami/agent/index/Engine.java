package dev.kagami.agent.index;

import dev.kagami.core.store.IndexInfo;

/** Contents and all that makes them searchable; as a whole replaced by a flush. */
record Engine(
    Contents contents, LiveGraph graph, Distances distances, Linker linker, Searcher searcher) {
  private static final int BEHIND = 1000;

  /** How much there is, linked and not. The counts are those of one moment or nearly so. */
  IndexInfo info(boolean saving) {
    var pending = contents.pending();
    long uncommitted = contents.visible().count(pending.linked(), pending.end());
    long stored = Math.max(0, contents.visible().count() - uncommitted);
    boolean indexing = linker.isAwaited() || pending.size() > BEHIND;
    return new IndexInfo(stored, uncommitted, indexing, saving);
  }
}
