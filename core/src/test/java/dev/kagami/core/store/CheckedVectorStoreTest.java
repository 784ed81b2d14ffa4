package dev.kagami.core.store;

import static dev.kagami.core.error.ValdException.Code.INVALID_ARGUMENT;
import static dev.kagami.core.error.ValdException.Code.UNAVAILABLE;
import static dev.kagami.core.store.CallContext.UNBOUNDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.SearchQuery.Method;
import dev.kagami.core.store.SearchQuery.Subject;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CheckedVectorStoreTest {
  private static final VectorId ID = new VectorId("an-id");
  private static final Vector VECTOR = Vector.of(1, 2);
  private static final VectorSpace SPACE = new VectorSpace(2, Metric.L2);

  private final ControlledScheduler time = new ControlledScheduler();
  private final ScriptedVectorStore behind =
      new ScriptedVectorStore(
          new InMemoryVectorStore("memory", SPACE, new WriterNumber(1, 0), time));
  private final VectorStore store = new CheckedVectorStore(behind, SPACE, time);

  @Test
  void requestCannotBeRight_theStoreBehindIsNotAsked() {
    var wrong = Vector.of(1, 2, 3);
    var query =
        new SearchQuery(new Subject.OfVector(wrong), Method.GRAPH, SearchOptions.nearest(1));

    assertThat(code(store.apply(new Mutation.Insert(ID, wrong, WriteTime.UNSTAMPED), UNBOUNDED)))
        .isEqualTo(INVALID_ARGUMENT);
    assertThat(code(store.search(query, UNBOUNDED))).isEqualTo(INVALID_ARGUMENT);

    assertThat(behind.calls(Call.APPLY)).isZero();
    assertThat(behind.calls(Call.SEARCH)).isZero();
  }

  @Test
  void clientsTimeIsAtTheLimit_isTheLastOneAccepted() {
    var latest = Timestamp.of(time.instant().plus(CheckedVectorStore.MAX_AHEAD));

    assertThat(code(insertAt(new Timestamp(latest.unixNanos() + 1)))).isEqualTo(INVALID_ARGUMENT);
    assertThat(code(insertAt(new Timestamp(0)))).isEqualTo(INVALID_ARGUMENT);

    assertThat(insertAt(latest).toCompletableFuture()).isCompleted();
  }

  @Test
  void peersWrite_itsTimeWasJudgedAtItsOrigin() {
    var future = new Timestamp(Long.MAX_VALUE);
    var stamp = new Stamp(Timestamp.of(time.instant()).unixNanos());
    var write = new Mutation.Insert(ID, VECTOR, WriteTime.ofClient(future).stamped(stamp));

    assertThat(store.apply(write, UNBOUNDED).toCompletableFuture()).isCompleted();
  }

  static Stream<Function<VectorStore, CompletionStage<?>>> calls() {
    var query = new SearchQuery(new Subject.OfId(ID), Method.GRAPH, SearchOptions.nearest(1));
    return Stream.of(
        store -> store.apply(new Mutation.Remove(ID, WriteTime.UNSTAMPED), UNBOUNDED),
        store -> store.revoke(new VoidMark(ID, new Stamp(1)), UNBOUNDED),
        store -> store.settle(new Stamp(1), UNBOUNDED),
        store -> store.trim(new Horizon(new Stamp(1), List.of()), UNBOUNDED),
        store -> store.drop(List.of(), UNBOUNDED),
        store -> store.find(ID, UNBOUNDED),
        store -> store.search(query, UNBOUNDED),
        store -> store.indexInfo(UNBOUNDED),
        store -> store.maintain(Maintenance.CREATE_INDEX, UNBOUNDED),
        store -> store.changeLogs(UNBOUNDED),
        store -> store.changesSince(ChangePosition.beginning(new UUID(0, 0)), 1, UNBOUNDED),
        store -> store.heads(HeadCursor.START, 1, UNBOUNDED),
        store -> store.lacking(List.of(), UNBOUNDED),
        store -> store.findAll(List.of(), UNBOUNDED),
        store -> store.flush(Stamp.NONE, UNBOUNDED),
        store -> store.indexDetail(UNBOUNDED),
        store -> store.statistics(UNBOUNDED),
        store -> store.properties(UNBOUNDED));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void storeBehindThrowsItsRefusal_isAFailedStage(Function<VectorStore, CompletionStage<?>> call) {
    var checked = new CheckedVectorStore(throwing(new Unavailable("away")), SPACE, time);

    assertThat(code(call.apply(checked))).isEqualTo(UNAVAILABLE);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void storeBehindHasAFault_itIsNotHidden(Function<VectorStore, CompletionStage<?>> call) {
    var fault = new IllegalStateException("a fault");
    var checked = new CheckedVectorStore(throwing(fault), SPACE, time);

    assertThatThrownBy(() -> call.apply(checked)).isSameAs(fault);
  }

  @Test
  void calls_reachTheStoreBehindOnceEach() {
    assertThat(calls().map(call -> call.apply(store))).doesNotContainNull();

    for (var call : Call.values()) {
      assertThat(behind.calls(call)).as("%s", call).isEqualTo(1);
    }
    assertThat(behind.marks()).isEqualTo(List.of(new VoidMark(ID, new Stamp(1))));
  }

  private CompletionStage<Applied> insertAt(Timestamp timestamp) {
    var write = new Mutation.Insert(ID, VECTOR, WriteTime.ofClient(timestamp));
    return store.apply(write, UNBOUNDED);
  }

  private static VectorStore throwing(RuntimeException thrown) {
    return new ThrowingVectorStore(thrown);
  }

  private static ValdException.Code code(CompletionStage<?> failed) {
    try {
      throw new AssertionError("no refusal but " + failed.toCompletableFuture().join());
    } catch (CompletionException failure) {
      return ((ValdException) failure.getCause()).code();
    }
  }
}
