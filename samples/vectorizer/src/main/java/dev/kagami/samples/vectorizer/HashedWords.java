package dev.kagami.samples.vectorizer;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Vectors of texts by feature hashing (Weinberger and others, 2009): each word adds 1 or -1 to one
 * component, which and with what sign its hash tells. Pure.
 */
final class HashedWords {
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final int dimension;

  /**
   * @param dimension components of each vector, at least 2
   */
  HashedWords(int dimension) {
    if (dimension < 2) {
      throw new IllegalArgumentException("dimension is " + dimension + "; give 2 or more");
    }
    this.dimension = dimension;
  }

  /** A vector of length 1; of length 0 if the text has no words, or they cancel each other out. */
  float[] vector(String text) {
    var vector = new float[dimension];
    for (var word : NO_WORD.split(text.toLowerCase(Locale.ROOT), -1)) {
      if (!word.isEmpty()) {
        int hash = mix(word.hashCode());
        vector[Math.floorMod(hash, dimension)] += hash < 0 ? -1 : 1;
      }
    }
    return normalized(vector);
  }

  /** Spreads the bits, of which String's own hash of short words uses few. */
  private static int mix(int hash) {
    int mixed = (hash ^ (hash >>> 16)) * 0x7feb352d;
    mixed = (mixed ^ (mixed >>> 15)) * 0x846ca68b;
    return mixed ^ (mixed >>> 16);
  }

  private static float[] normalized(float[] vector) {
    double squares = 0;
    for (float component : vector) {
      squares += (double) component * component;
    }
    if (squares > 0) {
      double length = Math.sqrt(squares);
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) (vector[i] / length);
      }
    }
    return vector;
  }
}
