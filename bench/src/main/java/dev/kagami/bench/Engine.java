package dev.kagami.bench;

/** Something that finds neighbours, to be compared with others. Its searches are thread-safe. */
interface Engine extends AutoCloseable {
  /** What it is and how its graph was built. */
  String name();

  /** Numbers of the base vectors that it takes for the {@code num} nearest of {@code query}. */
  int[] nearest(float[] query, int num, int effort);

  @Override
  void close();
}
