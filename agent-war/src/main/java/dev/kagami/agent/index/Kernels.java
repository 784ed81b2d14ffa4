package dev.kagami.agent.index;

import java.lang.System.Logger.Level;

/**
 * The sums that all distances are made of, over rows of floats or codes. Rows of floats are padded
 * with zeros to a multiple of {@link #lanes}, so there is no rest to care for. Stateless and
 * thread-safe.
 */
interface Kernels {
  /** The kernels of this JVM: vectorised if it has the module, else a loud line and plain loops. */
  static Kernels best() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      return new PanamaKernels();
    }
    System.getLogger(Kernels.class.getName())
        .log(
            Level.WARNING,
            "SEARCHES AND LINKING ARE SEVERAL TIMES SLOWER THAN THEY NEED BE:"
                + " start the JVM with --add-modules=jdk.incubator.vector");
    return new ScalarKernels();
  }

  /** Every row's length is a multiple of this, at least 8 (32 bytes). */
  int lanes();

  /** The sum of products of {@code query} and the row at {@code from} of {@code rows}. */
  float dot(float[] query, float[] rows, int from);

  /** The sum of squared differences. */
  float squared(float[] query, float[] rows, int from);

  /** The sum of absolute differences. */
  float manhattan(float[] query, float[] rows, int from);

  /** The number of bits set in both, of components that are integers from 0 to 255. */
  float common(float[] query, float[] rows, int from);

  /**
   * The sum of products of two rows of {@link Codes}.
   *
   * @param low the codes that are multiplied with the low halves of the row at {@code from}
   * @param high the same for the high halves
   */
  int products(short[] low, short[] high, short[] rows, int from);

  /** {@link #dot} of four rows at once, which hides three of four waits for memory. */
  void dot(float[] query, Rows four, float[] sums, int to);

  /** {@link #squared} of four rows at once. */
  void squared(float[] query, Rows four, float[] sums, int to);

  /** {@link #manhattan} of four rows at once. */
  void manhattan(float[] query, Rows four, float[] sums, int to);

  /** {@link #common} of four rows at once. */
  void common(float[] query, Rows four, float[] sums, int to);

  /** Where four rows lie; reused by its one scorer. */
  final class Rows {
    float[] a;
    float[] b;
    float[] c;
    float[] d;
    int fromA;
    int fromB;
    int fromC;
    int fromD;
  }
}
