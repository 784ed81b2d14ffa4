package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.agent.log.MemoryLog;
import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ChangeLog;
import dev.kagami.core.store.ChangePosition;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoggedChangesTest {
  private static final VectorSpace SPACE = new VectorSpace(2, Metric.L2);

  private final ControlledScheduler time = new ControlledScheduler();

  @Test
  void writeIsNotOnDiskYet_isNotToldUntilItIs() {
    var log = new MemoryLog();
    var store = Stores.open(log, SPACE, time);
    upsert(store, "a", 1);
    log.slowDown();
    upsert(store, "a", 2);
    upsert(store, "b", 3);
    var begin = ChangePosition.beginning(log(store).identity());

    assertThat(ids(store, begin)).isEmpty();
    assertThat(log(store).end()).isEqualTo(1);
    log.catchUp();

    assertThat(ids(store, begin)).containsExactly("a", "b");
    assertThat(log(store).end()).isEqualTo(3);
  }

  @Test
  void agentRestarts_positionsStillHold() {
    var log = new MemoryLog();
    var store = Stores.open(log, SPACE, time);
    upsert(store, "a", 1);
    upsert(store, "b", 2);
    var position = new ChangePosition(log(store).identity(), log(store).end());
    upsert(store, "a", 3);

    var again = Stores.open(log.restarted(), SPACE, time);

    assertThat(log(again)).isEqualTo(log(store));
    assertThat(ids(again, position)).containsExactly("a");
  }

  private static void upsert(LuceneVectorStore store, String id, float value) {
    var write = new Mutation.Upsert(new VectorId(id), Vector.of(value, 1), WriteTime.UNSTAMPED);
    var _ = store.apply(write, CallContext.UNBOUNDED);
  }

  private static ChangeLog log(LuceneVectorStore store) {
    return store.changeLogs(CallContext.UNBOUNDED).toCompletableFuture().join().logs().getFirst();
  }

  private static List<String> ids(LuceneVectorStore store, ChangePosition from) {
    return store
        .changesSince(from, 10, CallContext.UNBOUNDED)
        .toCompletableFuture()
        .join()
        .changes()
        .stream()
        .map(change -> change.heads().id().value())
        .toList();
  }
}
