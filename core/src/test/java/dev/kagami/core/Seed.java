package dev.kagami.core;

import java.util.SplittableRandom;

/**
 * The seed of a randomised test: another one for each run, or that of the system property {@code
 * kagami.seed} to run a failure again. Name it in assertions; it is printed as well.
 */
public record Seed(long value) {

  /** The seed for a test that begins now. */
  public static Seed next() {
    var given = Long.getLong("kagami.seed");
    var seed = new Seed(given != null ? given : new SplittableRandom().nextLong());
    System.out.println(seed);
    return seed;
  }

  @Override
  public String toString() {
    return "-Dkagami.seed=" + value;
  }
}
