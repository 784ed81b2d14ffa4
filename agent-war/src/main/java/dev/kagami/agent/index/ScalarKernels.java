package dev.kagami.agent.index;

/** Plain loops, for a JVM without the vector module. */
final class ScalarKernels implements Kernels {

  @Override
  public int lanes() {
    return 8;
  }

  @Override
  public float dot(float[] query, float[] rows, int from) {
    float even = 0;
    float odd = 0;
    for (int i = 0; i < query.length; i += 2) {
      even += query[i] * rows[from + i];
      odd += query[i + 1] * rows[from + i + 1];
    }
    return even + odd;
  }

  @Override
  public float squared(float[] query, float[] rows, int from) {
    float even = 0;
    float odd = 0;
    for (int i = 0; i < query.length; i += 2) {
      float first = query[i] - rows[from + i];
      float second = query[i + 1] - rows[from + i + 1];
      even += first * first;
      odd += second * second;
    }
    return even + odd;
  }

  @Override
  public float manhattan(float[] query, float[] rows, int from) {
    float even = 0;
    float odd = 0;
    for (int i = 0; i < query.length; i += 2) {
      even += Math.abs(query[i] - rows[from + i]);
      odd += Math.abs(query[i + 1] - rows[from + i + 1]);
    }
    return even + odd;
  }

  @Override
  public float common(float[] query, float[] rows, int from) {
    return BitCounts.common(query, 0, rows, from, query.length);
  }

  @Override
  public int products(short[] low, short[] high, short[] rows, int from) {
    int sum = 0;
    for (int i = 0; i < low.length; i++) {
      sum += low[i] * (byte) rows[from + i] + high[i] * (rows[from + i] >> 8);
    }
    return sum;
  }

  @Override
  public void dot(float[] query, Rows four, float[] sums, int to) {
    sums[to] = dot(query, four.a, four.fromA);
    sums[to + 1] = dot(query, four.b, four.fromB);
    sums[to + 2] = dot(query, four.c, four.fromC);
    sums[to + 3] = dot(query, four.d, four.fromD);
  }

  @Override
  public void squared(float[] query, Rows four, float[] sums, int to) {
    sums[to] = squared(query, four.a, four.fromA);
    sums[to + 1] = squared(query, four.b, four.fromB);
    sums[to + 2] = squared(query, four.c, four.fromC);
    sums[to + 3] = squared(query, four.d, four.fromD);
  }

  @Override
  public void manhattan(float[] query, Rows four, float[] sums, int to) {
    sums[to] = manhattan(query, four.a, four.fromA);
    sums[to + 1] = manhattan(query, four.b, four.fromB);
    sums[to + 2] = manhattan(query, four.c, four.fromC);
    sums[to + 3] = manhattan(query, four.d, four.fromD);
  }

  @Override
  public void common(float[] query, Rows four, float[] sums, int to) {
    sums[to] = common(query, four.a, four.fromA);
    sums[to + 1] = common(query, four.b, four.fromB);
    sums[to + 2] = common(query, four.c, four.fromC);
    sums[to + 3] = common(query, four.d, four.fromD);
  }
}
