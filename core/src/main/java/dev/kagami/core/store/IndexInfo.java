package dev.kagami.core.store;

/**
 * What an index holds.
 *
 * @param stored visible vectors that the graph links; replicas count each
 * @param uncommitted visible vectors that wait to be linked; found by searches all the same
 * @param indexing whether linking is behind or somebody waits for it
 * @param saving whether a checkpoint runs
 */
public record IndexInfo(long stored, long uncommitted, boolean indexing, boolean saving) {
  public static final IndexInfo EMPTY = new IndexInfo(0, 0, false, false);

  public IndexInfo plus(IndexInfo other) {
    return new IndexInfo(
        stored + other.stored,
        uncommitted + other.uncommitted,
        indexing || other.indexing,
        saving || other.saving);
  }
}
