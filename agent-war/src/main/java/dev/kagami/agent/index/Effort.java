package dev.kagami.agent.index;

import dev.kagami.core.store.SearchOptions;

/**
 * How hard one search looks.
 *
 * @param num hits wanted
 * @param beam hits looked for in the graph, ef of arXiv:1603.09320
 * @param radius hits farther away are left out; negative for none
 */
record Effort(int num, int beam, float radius) {
  private static final int BEAM_PER_EPSILON = 900;
  private static final float MOST_BY_EDGES = 4;

  static Effort of(SearchOptions options, IndexSettings.SearchDefaults defaults) {
    float epsilon = options.epsilon() == 0 ? defaults.epsilon() : options.epsilon();
    double beam = options.num() + BEAM_PER_EPSILON * (double) Math.max(0, epsilon);
    if (options.edgeSize() > 0) {
      float share = (float) options.edgeSize() / defaults.edgeSize();
      beam *= Math.clamp(share, 1 / MOST_BY_EDGES, MOST_BY_EDGES);
    }
    return new Effort(
        options.num(),
        (int) Math.clamp(Math.ceil(beam), options.num(), SearchOptions.MAX_NUM),
        options.radius() == 0 ? defaults.radius() : options.radius());
  }

  /**
   * Hits of the float ranks that are compared again in double precision, at most: more than wanted,
   * since floats may confuse neighbours and equal distances go by id.
   */
  int candidates() {
    return 2 * num + 16;
  }

  boolean reaches(float distance) {
    return radius < 0 || distance <= radius;
  }
}
