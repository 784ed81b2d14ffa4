package dev.kagami.core.digest;

/**
 * The id hashes [first, last], taken as unsigned, both included.
 *
 * @param first the least hash
 * @param last the greatest hash
 */
public record HashRange(long first, long last) {
  /** All hashes. */
  public static final HashRange ALL = new HashRange(0, -1);

  public HashRange {
    if (Long.compareUnsigned(first, last) > 0) {
      throw new IllegalArgumentException(
          "range " + Long.toHexString(first) + " to " + Long.toHexString(last) + " is empty");
    }
  }

  /**
   * The hashes whose top bits are {@code prefix}.
   *
   * @param bits how many bits, 0 to 63
   */
  public static HashRange ofPrefix(int bits, long prefix) {
    if (bits == 0) {
      return ALL;
    }
    long first = prefix << (Long.SIZE - bits);
    return new HashRange(first, first | (-1L >>> bits));
  }

  public boolean contains(long hash) {
    return Long.compareUnsigned(first, hash) <= 0 && Long.compareUnsigned(hash, last) <= 0;
  }
}
