package dev.kagami.core.digest;

/**
 * What a range of ids holds, in two numbers: a sum, which the order of its parts does not matter
 * to, and a count. Not XOR, for which anything counted twice would not be there.
 *
 * @param sum of the entries' digests, modulo 2^64
 */
public record RangeDigest(long sum, long count) {
  /** Of nothing. */
  public static final RangeDigest EMPTY = new RangeDigest(0, 0);

  /** Of both, which must have no id in common. */
  public RangeDigest plus(RangeDigest other) {
    return new RangeDigest(sum + other.sum, count + other.count);
  }
}
