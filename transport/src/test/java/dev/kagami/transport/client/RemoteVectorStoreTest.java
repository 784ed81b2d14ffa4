package dev.kagami.transport.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.error.ValdException.AlreadyExists;
import dev.kagami.core.error.ValdException.DeadlineExceeded;
import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.IndexInfo;
import dev.kagami.core.store.Maintenance;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.ScriptedVectorStore;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.SearchOptions;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.transport.grpc.RunningServer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemoteVectorStoreTest {
  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));
  private static final VectorId A = new VectorId("a");
  private static final Vector ONE = Vector.of(1, 1);

  private final InMemoryVectorStore memory =
      new InMemoryVectorStore(
          "agent-1", new VectorSpace(2, Metric.L2), new WriterNumber(1, WriterNumber.AGENT), NOON);
  private final ScriptedVectorStore behind = new ScriptedVectorStore(memory);
  private final RunningServer server = RunningServer.agent(behind);
  private final RemoteVectorStore remote = server.store("agent-1");

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyPartOfWrite_arrivesAsSent() {
    var time =
        new WriteTime(
            new Timestamp(77), WriteTime.Source.CLIENT, new Stamp(5 << 10), new Stamp(4 << 10));
    var update = new Mutation.Update(A, ONE, time, Mutation.Condition.UNCONDITIONAL);

    var applied = await(remote.apply(update, CallContext.UNBOUNDED));

    assertThat(behind.mutations()).containsExactly(update);
    assertThat(applied.standing()).isEqualTo(Applied.Standing.TOP);
    assertThat(applied.location().name()).isEqualTo("agent-1");
  }

  @Test
  void refusedWrites_comeBackAsTheSameExceptions() {
    var insert = new Mutation.Insert(A, ONE, WriteTime.UNSTAMPED);
    await(remote.apply(insert, CallContext.UNBOUNDED));

    assertThatThrownBy(() -> await(remote.apply(insert, CallContext.UNBOUNDED)))
        .isInstanceOf(AlreadyExists.class)
        .hasMessage("uuid a already exists");
    assertThatThrownBy(() ->
            await(
                remote.apply(
                    new Mutation.Remove(new VectorId("b"), WriteTime.UNSTAMPED),
                    CallContext.UNBOUNDED)))
        .isInstanceOf(NotFound.class)
        .hasMessage("uuid b not found");
    assertThatThrownBy(() ->
            await(
                remote.apply(
                    new Mutation.Upsert(A, Vector.of(1, 2, 3), WriteTime.UNSTAMPED),
                    CallContext.UNBOUNDED)))
        .isInstanceOf(InvalidArgument.class)
        .satisfies(failure -> assertThat(((InvalidArgument) failure).details()).isNotEmpty());
  }

  @Test
  void olderWrite_isToldThatItStandsBeneath() {
    await(remote.apply(upsertAt(9), CallContext.UNBOUNDED));

    var applied = await(remote.apply(upsertAt(8), CallContext.UNBOUNDED));

    assertThat(applied.standing()).isEqualTo(Applied.Standing.BENEATH);
    assertThat(applied.previous())
        .hasValueSatisfying(head -> assertThat(head).isEqualTo(upsertAt(9).version().head()));
  }

  @Test
  void find_tellsAllThatIsKept() {
    await(remote.apply(upsertAt(8), CallContext.UNBOUNDED));
    await(remote.apply(upsertAt(9), CallContext.UNBOUNDED));
    await(remote.apply(new Mutation.Remove(A, stamped(10)), CallContext.UNBOUNDED));
    await(remote.revoke(new VoidMark(A, stamped(9).stamp()), CallContext.UNBOUNDED));

    var kept = await(remote.find(A, CallContext.UNBOUNDED));

    assertThat(kept).isEqualTo(memory.contents().get(A));
  }

  @Test
  void settledStamp_arrives() {
    await(remote.apply(upsertAt(8), CallContext.UNBOUNDED));
    await(remote.apply(upsertAt(9), CallContext.UNBOUNDED));

    await(remote.settle(stamped(9).stamp(), CallContext.UNBOUNDED));

    assertThat(await(remote.find(A, CallContext.UNBOUNDED)).entries()).hasSize(1);
  }

  @Test
  void search_findsByVectorAndById() {
    await(remote.apply(upsertAt(8), CallContext.UNBOUNDED));
    var byVector =
        new SearchQuery(
            new SearchQuery.Subject.OfVector(Vector.of(4, 5)),
            SearchQuery.Method.GRAPH,
            SearchOptions.nearest(3));

    var result = await(remote.search(byVector, CallContext.UNBOUNDED));
    var byId =
        await(
            remote.search(
                new SearchQuery(
                    new SearchQuery.Subject.OfId(A),
                    SearchQuery.Method.LINEAR,
                    SearchOptions.nearest(3)),
                CallContext.UNBOUNDED));

    assertThat(result).isEqualTo(await(memory.search(byVector, CallContext.UNBOUNDED)));
    assertThat(result.neighbors()).hasSize(1);
    assertThat(byId.neighbors().getFirst().distance()).isZero();
  }

  @Test
  void upkeepAndSize_areAskedByTheRpcsOfVald() {
    await(remote.apply(upsertAt(8), CallContext.UNBOUNDED));

    await(remote.maintain(Maintenance.CREATE_INDEX, CallContext.UNBOUNDED));
    await(remote.maintain(Maintenance.SAVE_INDEX, CallContext.UNBOUNDED));

    assertThat(await(remote.indexInfo(CallContext.UNBOUNDED)))
        .isEqualTo(new IndexInfo(1, 0, false, false));
  }

  @Test
  void callsOfPeers_areForwarded() {
    behind.next(Call.APPLY, new Step.Refuse(new Unavailable("disk full")));

    assertThatThrownBy(() -> await(remote.apply(upsertAt(8), CallContext.UNBOUNDED)))
        .isInstanceOf(Unavailable.class)
        .hasMessage("agent-1: disk full");
  }

  @Test
  void silentServer_endsAtTheDeadlineOfTheContext() {
    behind.always(new Step.LoseRequest());
    var soon = new CallContext(now().plusMillis(100), CallContext.Origin.USER);

    assertThatThrownBy(() -> await(remote.find(A, soon)))
        .isInstanceOf(DeadlineExceeded.class)
        .hasMessageStartingWith("agent-1: ");
  }

  @Test
  void deadlineInThePast_asksNobody() {
    var past = new CallContext(now().minusMillis(1), CallContext.Origin.USER);

    assertThatThrownBy(() -> await(remote.find(A, past))).isInstanceOf(DeadlineExceeded.class);
    assertThat(behind.calls(Call.FIND)).isZero();
  }

  @Test
  void serverThatIsGone_isUnavailable() {
    server.server().close();

    assertThatThrownBy(() -> await(remote.find(A, CallContext.UNBOUNDED)))
        .isInstanceOf(Unavailable.class)
        .hasMessageStartingWith("agent-1: ");
  }

  private static Mutation upsertAt(int tick) {
    return new Mutation.Upsert(A, Vector.of(1, (float) tick), stamped(tick));
  }

  private static WriteTime stamped(int tick) {
    return WriteTime.UNSTAMPED.stamped(new Stamp((long) tick << Stamp.WRITER_BITS));
  }

  @dev.kagami.core.AtTheRim("gRPC itself reads the wall clock")
  private static Instant now() {
    return Instant.now();
  }

  private static <R> R await(CompletionStage<R> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
