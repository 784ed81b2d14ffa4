package dev.kagami.transport.setting;

import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.ObjectType;
import dev.kagami.core.vector.VectorSpace;
import java.util.Optional;
import java.util.function.Function;

/** What all roles of a cluster are told of its vectors, by the same names. */
public final class SpaceSettings {
  private SpaceSettings() {}

  /**
   * Reads {@code kagami.dimension}, {@code kagami.distance} and {@code kagami.object-type}, which
   * is {@code float} if it is not set.
   *
   * @param source gives the text of a key, if it has one
   * @throws IllegalArgumentException naming a setting that is missing or bad, or that does not fit
   *     the others
   */
  public static VectorSpace read(Function<String, Optional<String>> source) {
    int dimension =
        Setting.of("kagami.dimension", "the vectors' dimension", source)
            .number(VectorSpace.MIN_DIMENSION, VectorSpace.MAX_DIMENSION);
    var metric =
        Setting.of("kagami.distance", "such as l2", source).as("a distance", Metric::parse);
    return Setting.optional("kagami.object-type", source)
        .orElseGet(() -> new Setting("kagami.object-type", ObjectType.FLOAT.spelling()))
        .as(
            "one that fits kagami.distance",
            text -> new VectorSpace(dimension, metric, ObjectType.parse(text)));
  }
}
