package dev.kagami.transport.grpc;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Runs tasks of one id one after the other, those of different ids side by side. Holds only ids
 * whose tasks are under way. {@link #run} is called from one thread at a time.
 */
final class InOrderById {
  private final Map<String, CompletionStage<?>> last = new ConcurrentHashMap<>();

  /** Starts {@code task} once the tasks of {@code id} before it have ended; "" waits for none. */
  <A> CompletionStage<A> run(String id, Supplier<CompletionStage<A>> task) {
    if (id.isEmpty()) {
      return task.get();
    }
    var before = last.get(id);
    var stage =
        before == null ? task.get() : before.handle((_, _) -> null).thenCompose(_ -> task.get());
    last.put(id, stage);
    stage.whenComplete((_, _) -> last.remove(id, stage));
    return stage;
  }
}
