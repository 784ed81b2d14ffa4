package dev.kagami.gateway.placement;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Node;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A process that says of itself what a test lets it say, or cannot be reached. */
final class ScriptedNode implements Node {
  private volatile Optional<Description> said;
  private volatile ValdException trouble = new Unavailable("connection refused");

  ScriptedNode(Description said) {
    this.said = Optional.of(said);
  }

  void says(Description now) {
    said = Optional.of(now);
  }

  void refuses(ValdException why) {
    trouble = why;
    said = Optional.empty();
  }

  void isDown() {
    said = Optional.empty();
  }

  @Override
  public CompletionStage<Description> describe(CallContext context) {
    return said.<CompletionStage<Description>>map(CompletableFuture::completedStage)
        .orElseGet(() -> CompletableFuture.failedStage(trouble));
  }
}
