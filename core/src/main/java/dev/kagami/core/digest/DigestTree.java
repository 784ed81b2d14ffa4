package dev.kagami.core.digest;

import java.util.ArrayList;
import java.util.List;

/**
 * The contents of a store in a tree over the hashes of its ids: two stores with equal roots hold
 * the same, and where roots differ the tree tells which ranges do. A node is the sum of its two
 * children, so trees of different depth can be compared. Immutable once built.
 *
 * <p>Law: the order in which entries were added does not matter.
 */
public final class DigestTree {
  /** How many ids a leaf has on average. */
  public static final int IDS_PER_LEAF = 16;

  /** The deepest tree has 2^{@value} leaves. */
  public static final int MAX_DEPTH = 24;

  private final int depth;

  // Node i has the children 2i and 2i + 1; the root is 1, the leaves begin at 2^depth.
  private final long[] sums;
  private final long[] counts;

  private DigestTree(int depth, long[] sums, long[] counts) {
    this.depth = depth;
    this.sums = sums;
    this.counts = counts;
  }

  /** The depth that gives leaves of about {@value #IDS_PER_LEAF} ids. */
  public static int depthFor(long ids) {
    long leaves = Math.max(1, ids / IDS_PER_LEAF);
    return Math.min(MAX_DEPTH, Long.SIZE - 1 - Long.numberOfLeadingZeros(leaves));
  }

  /** A tree to be filled, of {@link #depthFor} the expected number of ids. */
  public static Builder ofDepth(int depth) {
    return new Builder(depth);
  }

  public int depth() {
    return depth;
  }

  /** Of everything. */
  public RangeDigest root() {
    return node(1);
  }

  /**
   * Of the range {@link HashRange#ofPrefix}.
   *
   * @param bits 0 to {@link #depth}
   */
  public RangeDigest of(int bits, long prefix) {
    return node((1 << bits) + Math.toIntExact(prefix));
  }

  private RangeDigest node(int index) {
    return new RangeDigest(sums[index], counts[index]);
  }

  /** The ranges in which the two differ, ascending, as narrow as both trees can tell. */
  public List<HashRange> differences(DigestTree other) {
    var found = new ArrayList<HashRange>();
    collect(other, 0, 0, found);
    return List.copyOf(found);
  }

  private void collect(DigestTree other, int bits, long prefix, List<HashRange> found) {
    if (of(bits, prefix).equals(other.of(bits, prefix))) {
      return;
    }
    if (bits == Math.min(depth, other.depth)) {
      found.add(HashRange.ofPrefix(bits, prefix));
      return;
    }
    collect(other, bits + 1, 2 * prefix, found);
    collect(other, bits + 1, 2 * prefix + 1, found);
  }

  /** Fills a tree. Not thread-safe. */
  public static final class Builder {
    private final int depth;
    private final long[] sums;
    private final long[] counts;

    private Builder(int depth) {
      if (depth < 0 || depth > MAX_DEPTH) {
        throw new IllegalArgumentException("depth " + depth + " is not within 0 to " + MAX_DEPTH);
      }
      this.depth = depth;
      this.sums = new long[2 << depth];
      this.counts = new long[2 << depth];
    }

    /**
     * Adds one id, which must not have been added before.
     *
     * @param entryDigest of the id and all that matters about it
     */
    public Builder add(long idHash, long entryDigest) {
      int leaf = (1 << depth) + (int) (depth == 0 ? 0 : idHash >>> (Long.SIZE - depth));
      sums[leaf] += entryDigest;
      counts[leaf]++;
      return this;
    }

    /** The tree of what was added. The builder must not be used again. */
    public DigestTree build() {
      for (int node = (1 << depth) - 1; node > 0; node--) {
        sums[node] = sums[2 * node] + sums[2 * node + 1];
        counts[node] = counts[2 * node] + counts[2 * node + 1];
      }
      return new DigestTree(depth, sums, counts);
    }
  }
}
