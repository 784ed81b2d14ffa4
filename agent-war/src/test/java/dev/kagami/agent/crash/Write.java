package dev.kagami.agent.crash;

import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.util.Map;

/**
 * One of an endless row of writes, told by its number: of five, three insert, one updates and one
 * removes what was inserted just before.
 */
record Write(int number) {

  /** What it does to a store. */
  Mutation mutation() {
    return switch (number % 5) {
      case 3 -> new Mutation.Update(id(number - 1), vector(number), WriteTime.UNSTAMPED);
      case 4 -> new Mutation.Remove(id(number - 3), WriteTime.UNSTAMPED);
      default -> new Mutation.Insert(id(number), vector(number), WriteTime.UNSTAMPED);
    };
  }

  /** What it does to a model: id to vector. */
  void applyTo(Map<VectorId, Vector> model) {
    var mutation = mutation();
    mutation
        .content()
        .ifPresentOrElse(
            vector -> model.put(mutation.id(), vector), () -> model.remove(mutation.id()));
  }

  private static VectorId id(int number) {
    return new VectorId("id-" + number);
  }

  private static Vector vector(int number) {
    var components = new float[WritingProcess.SPACE.dimension()];
    for (int i = 0; i < components.length; i++) {
      components[i] = number + i / 16f;
    }
    return Vector.adopt(components);
  }
}
