package dev.kagami.transport.grpc;

import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Node;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.vector.VectorSpace;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A process that always says the same of itself. */
public record FixedNode(Description description) implements Node {

  /** A process called {@code name} at site A, number 1, that has seen no stamp. */
  public static FixedNode named(String name, Role role, VectorSpace space) {
    return new FixedNode(new Description(role, "A", 1, name, space, Stamp.NONE));
  }

  @Override
  public CompletionStage<Description> describe(CallContext context) {
    return CompletableFuture.completedStage(description);
  }
}
