package dev.kagami.agent.index;

import java.util.concurrent.Executor;

/**
 * Where an index works when it does not work on its caller's thread.
 *
 * @param linker links vectors into the graph; one thread of its own
 * @param scans runs searches that take long, and helps with a start; a bounded pool, one thread per
 *     core
 */
public record IndexExecutors(Executor linker, Executor scans) {
  /** Everything on the caller's thread. */
  public static final IndexExecutors DIRECT = new IndexExecutors(Runnable::run, Runnable::run);
}
