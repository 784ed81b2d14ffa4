package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.agent.checkpoint.Checkpoints;
import dev.kagami.agent.checkpoint.LuceneCheckpoints;
import dev.kagami.agent.checkpoint.SavedMark;
import dev.kagami.agent.checkpoint.SavedVersion;
import dev.kagami.agent.log.MemoryLog;
import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.error.ValdException.FailedPrecondition;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ChangePosition;
import dev.kagami.core.store.ForeignWriter;
import dev.kagami.core.store.HeadCursor;
import dev.kagami.core.store.Horizon;
import dev.kagami.core.store.KeptHeads;
import dev.kagami.core.store.Maintenance;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What forgetting means for the memory, the log and the checkpoints of an agent. */
class TrimmingTest {
  private static final VectorSpace SPACE = new VectorSpace(2, Metric.L2);
  private static final CallContext PEER = new CallContext(Instant.MAX, CallContext.Origin.PEER);
  private static final int MANY = 1000;

  private final ControlledScheduler time = new ControlledScheduler();
  private final ForeignWriter peer = new ForeignWriter(new WriterNumber(9, 1), time);
  private final MemoryLog log = new MemoryLog();

  @Test
  void manyIdsWereRemoved_noneOfThemIsListedAnyMore() {
    var store = Stores.open(log, SPACE, time);
    var stay = insert("stays");
    join(store.apply(stay, PEER));
    for (int i = 0; i < MANY; i++) {
      join(store.apply(insert("id-" + i), PEER));
      join(store.apply(remove("id-" + i), PEER));
    }
    settle(store);

    trim(store);

    assertThat(listed(store)).containsExactly(stay.id());
    int records = log.size();
    trim(store);
    assertThat(log.size()).as("only how far it is").isEqualTo(records + 1);
  }

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void agentRestarts_whatItForgotStaysForgotten(
      boolean savedBefore, boolean savedAfter, @TempDir Path folder) {
    var before = new LuceneCheckpoints(folder, SPACE);
    var first = Stores.open(log, before, SPACE, time, Runnable::run);
    var stay = insert("stays");
    var undone = upsert("stays");
    var late = insert("removed");
    for (var write : List.of(stay, undone, late, remove("removed"))) {
      join(first.apply(write, PEER));
    }
    join(first.revoke(new VoidMark(undone.id(), undone.time().stamp()), PEER));
    settle(first);
    save(first, savedBefore);
    trim(first);
    save(first, savedAfter);
    first.close();
    before.close();

    var after = new LuceneCheckpoints(folder, SPACE);
    var again = Stores.open(log.restarted(), after, SPACE, time, Runnable::run);

    assertThat(listed(again)).containsExactly(stay.id());
    assertThat(join(again.find(stay.id(), PEER)).marks()).isEmpty();
    assertThat(join(again.find(stay.id(), PEER)).newest()).contains(stay.version());
    assertThatThrownBy(() -> join(again.apply(late, PEER)))
        .hasCauseInstanceOf(FailedPrecondition.class);
    again.close();
    after.close();
    if (savedAfter) {
      assertThat(saved(folder)).as("on disk").containsExactly(stay.id());
    }
  }

  private static void save(LuceneVectorStore store, boolean really) {
    if (really) {
      join(store.maintain(Maintenance.SAVE_INDEX, PEER));
    }
  }

  private static List<VectorId> saved(Path folder) {
    var ids = new ArrayList<VectorId>();
    try (var checkpoints = new LuceneCheckpoints(folder, SPACE)) {
      var _ = checkpoints.open();
      checkpoints.read(
          new Checkpoints.Reader() {
            @Override
            public void version(SavedVersion saved) {
              ids.add(saved.version().id());
            }

            @Override
            public void mark(SavedMark saved) {
              ids.add(saved.mark().id());
            }
          },
          Runnable::run);
    }
    return ids;
  }

  private void settle(LuceneVectorStore store) {
    join(store.settle(peer.now().stamp(), PEER));
  }

  /** Of all that there is up to now. */
  private void trim(LuceneVectorStore store) {
    var known =
        join(store.changeLogs(PEER)).logs().stream()
            .map(log -> new ChangePosition(log.identity(), log.end()))
            .toList();
    join(store.trim(new Horizon(peer.now().stamp(), known), PEER));
  }

  private static List<VectorId> listed(LuceneVectorStore store) {
    return join(store.heads(HeadCursor.START, MANY, PEER)).heads().stream()
        .map(KeptHeads::id)
        .toList();
  }

  private Mutation insert(String id) {
    return new Mutation.Insert(new VectorId(id), Vector.of(1, 1), peer.now());
  }

  private Mutation upsert(String id) {
    return new Mutation.Upsert(new VectorId(id), Vector.of(2, 2), peer.now());
  }

  private Mutation remove(String id) {
    return new Mutation.Remove(new VectorId(id), peer.now());
  }

  private static <R> R join(CompletionStage<R> stage) {
    return stage.toCompletableFuture().join();
  }
}
