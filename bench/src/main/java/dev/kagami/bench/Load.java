package dev.kagami.bench;

import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.util.Random;
import java.util.concurrent.Semaphore;

/** Writes random vectors as fast as a store takes them, so many at a time. */
final class Load {
  private static final int IN_FLIGHT = 64;

  private final Random random = new Random(42);
  private final int dimension;
  private int written;

  Load(int dimension) {
    this.dimension = dimension;
  }

  /** Inserts until {@code vectors} have been written in all; returns when all are answered. */
  void upTo(int vectors, VectorStore store) throws InterruptedException {
    var free = new Semaphore(IN_FLIGHT);
    for (; written < vectors; written++) {
      var insert = new Mutation.Insert(new VectorId("id-" + written), next(), WriteTime.UNSTAMPED);
      free.acquire();
      var _ =
          store
              .apply(insert, CallContext.UNBOUNDED)
              .whenComplete((_, failure) -> {
                if (failure != null) {
                  System.out.println("a write failed: " + failure);
                }
                free.release();
              });
    }
    free.acquire(IN_FLIGHT);
  }

  private Vector next() {
    var components = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      components[i] = random.nextFloat();
    }
    return Vector.adopt(components);
  }
}
