package dev.kagami.cli.progress;

/** Is told how far something is; may be told from any thread, but by one at a time. */
@FunctionalInterface
public interface Progress {

  /** Tells nobody. */
  Progress SILENT = (done, share) -> {};

  /**
   * So far it is now.
   *
   * @param done pieces of work
   * @param share of all the work, 0 to 1
   */
  void reached(long done, double share);
}
