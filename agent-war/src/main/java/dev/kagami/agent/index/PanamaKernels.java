package dev.kagami.agent.index;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Kernels in the JDK's vector API. Loaded only after the module was found, so that a JVM without it
 * still starts.
 */
final class PanamaKernels implements Kernels {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);
  private static final VectorSpecies<Short> SHORTS = SPECIES.withLanes(short.class);
  private static final int WIDTH = SPECIES.length();

  @Override
  public int lanes() {
    return Math.max(8, WIDTH);
  }

  @Override
  public float dot(float[] query, float[] rows, int from) {
    var sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < query.length; i += WIDTH) {
      sum = at(rows, from + i).fma(at(query, i), sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  @Override
  public float squared(float[] query, float[] rows, int from) {
    var sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < query.length; i += WIDTH) {
      var difference = at(rows, from + i).sub(at(query, i));
      sum = difference.fma(difference, sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  @Override
  public float manhattan(float[] query, float[] rows, int from) {
    var sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < query.length; i += WIDTH) {
      sum = sum.add(at(rows, from + i).sub(at(query, i)).abs());
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  @Override
  public float common(float[] query, float[] rows, int from) {
    var sum = IntVector.zero(INTS);
    for (int i = 0; i < query.length; i += WIDTH) {
      sum = sum.add(common(rows, from + i, integers(query, i)));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  // One row at a time: four at once are too much for the compiler, which then allocates vectors.
  @Override
  public int products(short[] low, short[] high, short[] rows, int from) {
    var sum = IntVector.zero(INTS);
    for (int i = 0; i < low.length; i += SHORTS.length()) {
      var codes = ShortVector.fromArray(SHORTS, rows, from + i);
      var lows = codes.lanewise(VectorOperators.LSHL, 8).lanewise(VectorOperators.ASHR, 8);
      var highs = codes.lanewise(VectorOperators.ASHR, 8);
      var products =
          lows.mul(ShortVector.fromArray(SHORTS, low, i))
              .add(highs.mul(ShortVector.fromArray(SHORTS, high, i)))
              .reinterpretAsInts();
      sum =
          sum.add(products.lanewise(VectorOperators.ASHR, 16))
              .add(products.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16));
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  @Override
  public void dot(float[] query, Rows four, float[] sums, int to) {
    float[] rowsA = four.a;
    float[] rowsB = four.b;
    float[] rowsC = four.c;
    float[] rowsD = four.d;
    var a = FloatVector.zero(SPECIES);
    var b = a;
    var c = a;
    var d = a;
    for (int i = 0; i < query.length; i += WIDTH) {
      var part = at(query, i);
      a = at(rowsA, four.fromA + i).fma(part, a);
      b = at(rowsB, four.fromB + i).fma(part, b);
      c = at(rowsC, four.fromC + i).fma(part, c);
      d = at(rowsD, four.fromD + i).fma(part, d);
    }
    store(a, b, c, d, sums, to);
  }

  @Override
  public void squared(float[] query, Rows four, float[] sums, int to) {
    float[] rowsA = four.a;
    float[] rowsB = four.b;
    float[] rowsC = four.c;
    float[] rowsD = four.d;
    var a = FloatVector.zero(SPECIES);
    var b = a;
    var c = a;
    var d = a;
    for (int i = 0; i < query.length; i += WIDTH) {
      var part = at(query, i);
      var toA = at(rowsA, four.fromA + i).sub(part);
      var toB = at(rowsB, four.fromB + i).sub(part);
      var toC = at(rowsC, four.fromC + i).sub(part);
      var toD = at(rowsD, four.fromD + i).sub(part);
      a = toA.fma(toA, a);
      b = toB.fma(toB, b);
      c = toC.fma(toC, c);
      d = toD.fma(toD, d);
    }
    store(a, b, c, d, sums, to);
  }

  @Override
  public void manhattan(float[] query, Rows four, float[] sums, int to) {
    float[] rowsA = four.a;
    float[] rowsB = four.b;
    float[] rowsC = four.c;
    float[] rowsD = four.d;
    var a = FloatVector.zero(SPECIES);
    var b = a;
    var c = a;
    var d = a;
    for (int i = 0; i < query.length; i += WIDTH) {
      var part = at(query, i);
      a = a.add(at(rowsA, four.fromA + i).sub(part).abs());
      b = b.add(at(rowsB, four.fromB + i).sub(part).abs());
      c = c.add(at(rowsC, four.fromC + i).sub(part).abs());
      d = d.add(at(rowsD, four.fromD + i).sub(part).abs());
    }
    store(a, b, c, d, sums, to);
  }

  @Override
  public void common(float[] query, Rows four, float[] sums, int to) {
    var a = IntVector.zero(INTS);
    var b = a;
    var c = a;
    var d = a;
    for (int i = 0; i < query.length; i += WIDTH) {
      var part = integers(query, i);
      a = a.add(common(four.a, four.fromA + i, part));
      b = b.add(common(four.b, four.fromB + i, part));
      c = c.add(common(four.c, four.fromC + i, part));
      d = d.add(common(four.d, four.fromD + i, part));
    }
    sums[to] = a.reduceLanes(VectorOperators.ADD);
    sums[to + 1] = b.reduceLanes(VectorOperators.ADD);
    sums[to + 2] = c.reduceLanes(VectorOperators.ADD);
    sums[to + 3] = d.reduceLanes(VectorOperators.ADD);
  }

  private static IntVector common(float[] floats, int from, IntVector with) {
    return integers(floats, from).and(with).lanewise(VectorOperators.BIT_COUNT);
  }

  private static IntVector integers(float[] floats, int from) {
    return (IntVector) at(floats, from).convert(VectorOperators.F2I, 0);
  }

  private static FloatVector at(float[] floats, int from) {
    return FloatVector.fromArray(SPECIES, floats, from);
  }

  private static void store(
      FloatVector a, FloatVector b, FloatVector c, FloatVector d, float[] sums, int to) {
    sums[to] = a.reduceLanes(VectorOperators.ADD);
    sums[to + 1] = b.reduceLanes(VectorOperators.ADD);
    sums[to + 2] = c.reduceLanes(VectorOperators.ADD);
    sums[to + 3] = d.reduceLanes(VectorOperators.ADD);
  }
}
