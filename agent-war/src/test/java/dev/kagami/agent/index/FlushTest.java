package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.agent.checkpoint.LuceneCheckpoints;
import dev.kagami.agent.log.MemoryLog;
import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ChangeLog;
import dev.kagami.core.store.ForeignWriter;
import dev.kagami.core.store.Maintenance;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.SearchOptions;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a flush means for the log and the graph of an agent. */
class FlushTest {
  private static final VectorSpace SPACE = new VectorSpace(2, Metric.L2);
  private static final CallContext CALL = CallContext.UNBOUNDED;
  private static final CallContext PEER = new CallContext(Instant.MAX, CallContext.Origin.PEER);

  private final ControlledScheduler time = new ControlledScheduler();
  private final MemoryLog log = new MemoryLog();
  private final LuceneVectorStore store = Stores.open(log, SPACE, time);

  @Test
  void agentRestartsAfterAFlush_theSameIsThere() {
    upsert("a", 1);
    upsert("b", 2);
    join(store.flush(Stamp.NONE, CALL));
    upsert("b", 3);
    var again = Stores.open(log.restarted(), SPACE, time);

    assertThat(found(again)).isEqualTo(found(store)).containsExactly("b");
    assertThat(changeLog(again)).isEqualTo(changeLog(store));
    assertThat(again.greatestStamp()).isEqualTo(store.greatestStamp());
  }

  @Test
  void flushIsNotOnDiskYet_itIsNotToldToOthers() {
    upsert("a", 1);
    log.slowDown();

    var flush = store.flush(Stamp.NONE, CALL).toCompletableFuture();

    assertThat(flush).isNotDone();
    assertThat(changeLog(store).flushed()).isEqualTo(Stamp.NONE);
    log.catchUp();
    assertThat(flush).isCompleted();
    assertThat(changeLog(store).flushed()).isEqualTo(store.greatestStamp());
  }

  @Test
  void flushIsRepeated_oneRecordIsEnough() {
    join(store.flush(Stamp.NONE, CALL));
    var first = changeLog(store).flushed();
    int records = log.size();

    join(store.flush(first, CALL));

    assertThat(log.size()).isEqualTo(records);
  }

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void agentRestartsFromACheckpoint_theSameIsThere(
      boolean savedBefore, boolean savedAfter, @TempDir Path folder) {
    var peer = new ForeignWriter(new WriterNumber(9, 1), time);
    var written = new MemoryLog();
    var before = new LuceneCheckpoints(folder, SPACE);
    var first = Stores.open(written, before, SPACE, time, Runnable::run);
    join(first.apply(insert("gone", 1, peer.now()), PEER));
    var bound = peer.now().stamp();
    var kept = insert("kept", 2, peer.now());
    join(first.apply(kept, PEER));
    if (savedBefore) {
      join(first.maintain(Maintenance.SAVE_INDEX, CALL));
    }
    join(first.flush(bound, PEER));
    join(first.apply(insert("new", 3, peer.now()), PEER));
    if (savedAfter) {
      join(first.maintain(Maintenance.SAVE_INDEX, CALL));
    }
    first.close();
    before.close();

    var after = new LuceneCheckpoints(folder, SPACE);
    var again = Stores.open(written.restarted(), after, SPACE, time, Runnable::run);

    assertThat(found(again)).isEqualTo(found(first)).containsExactly("kept", "new");
    assertThat(changeLog(again)).isEqualTo(changeLog(first));
    assertThat(changeLog(again).flushed()).isEqualTo(bound);
    var late =
        join(
            again.apply(
                insert(
                    "gone",
                    1,
                    new WriteTime(
                        kept.time().timestamp(), WriteTime.Source.SERVER, bound, Stamp.NONE)),
                PEER));
    assertThat(late.standing()).isEqualTo(Applied.Standing.SUPERSEDED);
    join(again.revoke(new VoidMark(kept.id(), kept.time().stamp()), PEER));
    assertThat(found(again)).containsExactly("new");
    again.close();
    after.close();
  }

  private static Mutation insert(String id, float value, WriteTime time) {
    return new Mutation.Insert(new VectorId(id), Vector.of(value, 1), time);
  }

  @Test
  void graphIsSurveyed_edgesAndHiddenVectorsAreCounted() {
    for (int i = 0; i < 200; i++) {
      upsert("id-" + i, i);
    }
    join(store.apply(new Mutation.Remove(new VectorId("id-5"), WriteTime.UNSTAMPED), CALL));

    var statistics = join(store.statistics(CALL)).get("agent-1");

    assertThat(statistics.objects()).isEqualTo(199);
    assertThat(statistics.removed()).isEqualTo(1);
    assertThat(statistics.out().vectors()).isEqualTo(200);
    assertThat(statistics.out().edges()).isEqualTo(statistics.in().edges()).isPositive();
    assertThat(statistics.out().max()).isLessThanOrEqualTo(2 * IndexSettings.CONNECTIONS);
    assertThat(statistics.meanEdgeLength()).isGreaterThanOrEqualTo(1);
    upsert("one-more", 1000);
    assertThat(join(store.statistics(CALL)).get("agent-1").objects()).as("cached").isEqualTo(199);
    time.advance(GraphSurvey.KEPT_FOR);
    assertThat(join(store.statistics(CALL)).get("agent-1").objects()).isEqualTo(200);
  }

  private void upsert(String id, float value) {
    var write = new Mutation.Upsert(new VectorId(id), Vector.of(value, 1), WriteTime.UNSTAMPED);
    join(store.apply(write, CALL));
  }

  private static ChangeLog changeLog(LuceneVectorStore store) {
    return join(store.changeLogs(CALL)).logs().getFirst();
  }

  private static List<String> found(LuceneVectorStore store) {
    var query =
        new SearchQuery(
            new SearchQuery.Subject.OfVector(Vector.of(0, 0)),
            SearchQuery.Method.GRAPH,
            SearchOptions.nearest(10));
    return join(store.search(query, CALL)).neighbors().stream()
        .map(hit -> hit.id().value())
        .toList();
  }

  private static <R> R join(CompletionStage<R> stage) {
    return stage.toCompletableFuture().join();
  }
}
