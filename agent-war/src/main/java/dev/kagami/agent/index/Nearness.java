package dev.kagami.agent.index;

/** How near stored vectors are to something: a greater score is nearer. Not thread-safe. */
interface Nearness {
  /** The score of the vector in {@code slot}. */
  float score(int slot);

  /**
   * The scores of the first {@code count} of {@code slots}.
   *
   * @return the best of them, the least float if there is none
   */
  float bulkScore(int[] slots, float[] scores, int count);
}
