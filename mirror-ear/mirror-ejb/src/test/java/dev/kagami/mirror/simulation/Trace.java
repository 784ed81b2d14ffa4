package dev.kagami.mirror.simulation;

/**
 * All that was sent, stored, undone and answered in a run, and when, as one number: two runs with
 * the same number are taken to be the same.
 */
final class Trace {
  /** Odd, with ones and zeros mixed well: 2^64 divided by the golden ratio. */
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private long hash = 1;

  void note(long fact) {
    hash = (Long.rotateLeft(hash, 27) ^ fact) * MULTIPLIER;
  }

  long value() {
    return hash;
  }
}
