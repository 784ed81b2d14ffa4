package dev.kagami.agent.index;

import dev.kagami.core.vector.VectorSpace;

/**
 * How an index is built and searched.
 *
 * @param space what it holds
 * @param connections links per vector in the graph, M of arXiv:1603.09320; 2 to 256
 * @param beam how widely a new vector's neighbours are looked for, efConstruction of the same; 8 to
 *     4096
 * @param pending vectors that may wait to be linked before writers wait too; each costs a search
 *     one comparison; 1 or more
 * @param search what a search does where it does not say
 */
public record IndexSettings(
    VectorSpace space, int connections, int beam, int pending, SearchDefaults search) {
  public static final int CONNECTIONS = 32;
  public static final int BEAM = 200;
  public static final int PENDING = 1_000;

  /**
   * What a search does where it does not say.
   *
   * @param epsilon effort; Vald's agent has 0.1 too
   * @param radius longest distance, negative for none
   * @param edgeSize the edge size that means this very effort
   */
  public record SearchDefaults(float epsilon, float radius, int edgeSize) {
    public static final SearchDefaults VALD = new SearchDefaults(0.1f, -1, 50);

    public SearchDefaults {
      if (!(epsilon > 0)) {
        throw new IllegalArgumentException("default epsilon " + epsilon + " is not above 0");
      }
      if (Float.isNaN(radius)) {
        throw new IllegalArgumentException("default radius is NaN");
      }
      if (edgeSize < 1) {
        throw new IllegalArgumentException("default edge size " + edgeSize + " is not above 0");
      }
    }
  }

  public IndexSettings {
    if (connections < 2 || connections > 256) {
      throw new IllegalArgumentException("graph m " + connections + " is not within 2 to 256");
    }
    if (beam < 8 || beam > 4096) {
      throw new IllegalArgumentException("graph beam " + beam + " is not within 8 to 4096");
    }
    if (pending < 1) {
      throw new IllegalArgumentException("graph pending " + pending + " is not above 0");
    }
  }

  /** The usual graph over {@code space}. */
  public static IndexSettings of(VectorSpace space) {
    return new IndexSettings(space, CONNECTIONS, BEAM, PENDING, SearchDefaults.VALD);
  }
}
