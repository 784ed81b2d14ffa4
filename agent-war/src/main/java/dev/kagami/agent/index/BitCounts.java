package dev.kagami.agent.index;

/** Bits of components that are integers from 0 to 255. Stateless and thread-safe. */
final class BitCounts {
  private BitCounts() {}

  /** How many are set from {@code from} on in {@code count} components. */
  static int set(float[] components, int from, int count) {
    int set = 0;
    for (int i = from; i < from + count; i++) {
      set += Integer.bitCount((int) components[i]);
    }
    return set;
  }

  /** How many are set in both, component by component. */
  static int common(float[] a, int fromA, float[] b, int fromB, int count) {
    int common = 0;
    for (int i = 0; i < count; i++) {
      common += Integer.bitCount((int) a[fromA + i] & (int) b[fromB + i]);
    }
    return common;
  }
}
