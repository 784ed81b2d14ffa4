package dev.kagami.transport.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kagami.api.v1.ApplyRequest;
import dev.kagami.api.v1.ApplyResponse;
import dev.kagami.api.v1.FindRequest;
import dev.kagami.api.v1.FindResponse;
import dev.kagami.api.v1.KeptVersion;
import dev.kagami.api.v1.Neighbor;
import dev.kagami.api.v1.SearchRequest;
import dev.kagami.api.v1.SearchResponse;
import dev.kagami.api.v1.StoreGrpc;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Node;
import dev.kagami.core.store.SearchOptions;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.transport.grpc.Eventually;
import dev.kagami.transport.grpc.RunningServer;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemoteCallsTest {
  private static final VectorId A = new VectorId("a");
  private static final Mutation WRITE =
      new Mutation.Insert(A, Vector.of(1, 2), WriteTime.UNSTAMPED);
  private static final SearchQuery QUERY =
      new SearchQuery(
          new SearchQuery.Subject.OfId(A), SearchQuery.Method.GRAPH, SearchOptions.nearest(2));

  private final Peer peer = new Peer();
  private final RunningServer server = new RunningServer(Node.Role.AGENT, List.of(peer));
  private final RemoteVectorStore store = server.store("B");

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void unknownOutcomeOfWrite_isAFaultOfThePeer() {
    for (var response :
        List.of(
            ApplyResponse.getDefaultInstance(),
            ApplyResponse.newBuilder().setOutcomeValue(99).build())) {
      peer.apply = response;

      malformed(store.apply(WRITE, CallContext.UNBOUNDED), "kagami.v1.Store/Apply");
    }
  }

  @Test
  void versionThatIsBothOrNeither_isAFaultOfThePeer() {
    for (var version :
        List.of(
            KeptVersion.getDefaultInstance(),
            KeptVersion.newBuilder().setTombstone(true).addVector(1).build())) {
      peer.find = FindResponse.newBuilder().addVersions(version).build();

      malformed(store.find(A, CallContext.UNBOUNDED), "kagami.v1.Store/Find");
    }
  }

  @Test
  void timesBefore1970_areAFaultOfThePeer() {
    var version = KeptVersion.newBuilder().setTimestamp(1).setStamp(1024).addVector(1).build();
    for (var response :
        List.of(
            FindResponse.newBuilder().addVersions(version.toBuilder().setTimestamp(-1)),
            FindResponse.newBuilder().addVersions(version.toBuilder().setStamp(-1)),
            FindResponse.newBuilder().addMarks(-1))) {
      peer.find = response.build();

      malformed(store.find(A, CallContext.UNBOUNDED), "kagami.v1.Store/Find");
    }
  }

  @Test
  void versionsInAnyOrder_areBroughtIntoOrder() {
    peer.find =
        FindResponse.newBuilder()
            .addVersions(KeptVersion.newBuilder().setTimestamp(1).setStamp(1024).addVector(1))
            .addVersions(KeptVersion.newBuilder().setTimestamp(3).setStamp(3072).addVector(3))
            .addVersions(KeptVersion.newBuilder().setTimestamp(2).setStamp(2048).addVector(2))
            .addMarks(3072)
            .build();

    var kept = Eventually.get(store.find(A, CallContext.UNBOUNDED).toCompletableFuture());

    assertThat(kept.newest().orElseThrow().vector()).contains(Vector.of(2));
    assertThat(kept.entries()).extracting(Kept.Entry::version).hasSize(2);
  }

  @Test
  void impossibleHits_areAFaultOfThePeer() {
    for (var response :
        List.of(
            hits(hit("a", 1), hit("b", 2), hit("c", 3)),
            hits(hit("a", 2), hit("b", 1)),
            hits(hit("a", Float.NaN)),
            hits(hit("", 1)))) {
      peer.search = response;

      malformed(store.search(QUERY, CallContext.UNBOUNDED), "kagami.v1.Store/Search");
    }
  }

  private static SearchResponse hits(Neighbor... hits) {
    return SearchResponse.newBuilder().addAllNeighbors(List.of(hits)).build();
  }

  private static Neighbor hit(String id, float distance) {
    return Neighbor.newBuilder().setId(id).setDistance(distance).build();
  }

  private static void malformed(CompletionStage<?> stage, String method) {
    var failure = failure(stage);
    assertThat(failure.code()).isEqualTo(Code.INTERNAL);
    assertThat(failure).hasMessageStartingWith("B gave a malformed answer to " + method + ": ");
  }

  private static ValdException failure(CompletionStage<?> stage) {
    var failure =
        catchThrowableOfType(ExecutionException.class, () -> stage.toCompletableFuture().get());
    return (ValdException) failure.getCause();
  }

  @Test
  void cancelledStage_cancelsTheCall() {
    peer.silent = true;
    var stage = store.find(A, CallContext.UNBOUNDED).toCompletableFuture();
    Eventually.until(() -> peer.asked.get() == 1);

    assertThat(stage.cancel(true)).isTrue();

    Eventually.until(peer.cancelled::get);
  }

  @Test
  void callOutlivesTheCallThatItIsMadeFor() {
    peer.silent = true;
    var served = Context.current().withCancellation();

    served.run(() -> assertThat(store.find(A, CallContext.UNBOUNDED)).isNotNull());
    Eventually.until(() -> peer.asked.get() == 1);
    served.cancel(null);

    peer.silent = false;
    assertThat(Eventually.get(store.find(A, CallContext.UNBOUNDED).toCompletableFuture()).entries())
        .isEmpty();
    assertThat(peer.cancelled).isFalse();
  }

  @Test
  void messageThatIsTooLarge_isAFailureAndNotSilence() {
    var large = new float[(64 << 20) / 4 + 1];

    var failure =
        failure(
            store.apply(
                new Mutation.Insert(A, Vector.adopt(large), WriteTime.UNSTAMPED),
                CallContext.UNBOUNDED));

    assertThat(failure.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
  }

  /** A process that answers what the test says, or nothing. */
  private static final class Peer extends StoreGrpc.StoreImplBase {
    private volatile ApplyResponse apply = ApplyResponse.getDefaultInstance();
    private volatile FindResponse find = FindResponse.getDefaultInstance();
    private volatile SearchResponse search = SearchResponse.getDefaultInstance();
    private volatile boolean silent;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicBoolean cancelled = new AtomicBoolean();

    @Override
    public void apply(ApplyRequest request, StreamObserver<ApplyResponse> answers) {
      answer(apply, answers);
    }

    @Override
    public void find(FindRequest request, StreamObserver<FindResponse> answers) {
      answer(find, answers);
    }

    @Override
    public void search(SearchRequest request, StreamObserver<SearchResponse> answers) {
      answer(search, answers);
    }

    private <A> void answer(A answer, StreamObserver<A> answers) {
      asked.incrementAndGet();
      if (silent) {
        ((ServerCallStreamObserver<A>) answers).setOnCancelHandler(() -> cancelled.set(true));
      } else {
        answers.onNext(answer);
        answers.onCompleted();
      }
    }
  }
}
