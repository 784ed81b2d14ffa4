package dev.kagami.mirror.catchup;

import static java.util.Objects.requireNonNull;

import dev.kagami.mirror.compensation.Compensator;
import dev.kagami.mirror.mesh.Dues;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What a target has to have before it is connected. 1. The undos that it missed. 2. Every version
 * and mark that it missed. 3. The undos that were decided while that was brought. Thread-safe.
 */
public record EverythingMissed(Compensator compensator, CatchUp catchUp) implements Dues {
  public EverythingMissed {
    requireNonNull(compensator, "compensator");
    requireNonNull(catchUp, "catchUp");
  }

  @Override
  public CompletionStage<Boolean> bringTo(String target) {
    return compensator
        .hurry(target)
        .thenCompose(paid -> ifSo(paid, () -> catchUp.reachTheEnd(target)))
        .thenCompose(reached -> ifSo(reached, () -> compensator.hurry(target)));
  }

  private static CompletionStage<Boolean> ifSo(
      boolean done, Supplier<CompletionStage<Boolean>> next) {
    return done ? next.get() : CompletableFuture.completedStage(false);
  }
}
