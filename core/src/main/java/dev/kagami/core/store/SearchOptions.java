package dev.kagami.core.store;

import dev.kagami.core.error.ValdException.InvalidArgument;
import java.time.Duration;

/**
 * How many hits, how near, and how hard to look.
 *
 * @param num hits wanted, 1 to {@value #MAX_NUM}; greater values are clamped
 * @param radius hits farther away are left out; 0 = the configured default, negative = no limit
 * @param epsilon search effort, greater finds more and takes longer; 0 = the configured default
 * @param edgeSize edges explored per vector; 0 or less = the configured default
 * @param minNum fewer hits than this are no answer; 0 = any number will do
 * @param timeout longest time to look, {@link Duration#ZERO} = the configured default
 */
public record SearchOptions(
    int num, float radius, float epsilon, int edgeSize, int minNum, Duration timeout) {
  /** The most hits of one search. */
  public static final int MAX_NUM = 10_000;

  /**
   * @throws InvalidArgument if {@code num} is 0 or less, or a number is NaN
   */
  public SearchOptions {
    if (num <= 0) {
      throw new InvalidArgument("config.num", "num is " + num + "; ask for 1 to " + MAX_NUM);
    }
    num = Math.min(num, MAX_NUM);
    minNum = Math.min(Math.max(minNum, 0), MAX_NUM);
    if (Float.isNaN(radius)) {
      throw new InvalidArgument("config.radius", "radius is NaN; give a number, or -1 for none");
    }
    if (Float.isNaN(epsilon)) {
      throw new InvalidArgument("config.epsilon", "epsilon is NaN; give a number, or 0");
    }
    if (timeout.isNegative()) {
      throw new InvalidArgument("config.timeout", "timeout is " + timeout + "; give nanoseconds");
    }
  }

  /** {@code num} hits with everything else as configured and no radius. */
  public static SearchOptions nearest(int num) {
    return new SearchOptions(num, -1, 0, 0, 0, Duration.ZERO);
  }

  public boolean hasRadius() {
    return radius >= 0;
  }
}
