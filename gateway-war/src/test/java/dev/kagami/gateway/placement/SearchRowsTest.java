package dev.kagami.gateway.placement;

import static dev.kagami.gateway.placement.Answers.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.DeadlineExceeded;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.CheckedVectorStore;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.transport.grpc.RunningServer;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vdaas.vald.api.v1.payload.Search;
import org.vdaas.vald.api.v1.vald.SearchGrpc;

/**
 * What a Vald client gets for a search, condition by condition, over real gRPC. Two agents with one
 * copy of each vector: 3 of 5 lie here, 2 there. Where Vald answers otherwise it stands beside.
 */
class SearchRowsTest {
  private static final Metadata.Key<String> PARTIAL =
      Metadata.Key.of("kagami-partial", Metadata.ASCII_STRING_MARSHALLER);

  private final ClusterInMemory cluster = ClusterInMemory.started(2, 1);
  private final RunningServer server =
      RunningServer.gateway(
          new CheckedVectorStore(cluster.gateway, ClusterInMemory.SPACE, cluster.time));
  private final AtomicReference<Metadata> trailers = new AtomicReference<>();
  private final SearchGrpc.SearchBlockingStub client =
      SearchGrpc.newBlockingStub(
          ClientInterceptors.intercept(
              server.channel(),
              MetadataUtils.newCaptureMetadataInterceptor(new AtomicReference<>(), trailers)));

  @BeforeEach
  void fill() {
    int[] wanted = {3, 2};
    for (int i = 0; wanted[0] + wanted[1] > 0; i++) {
      var id = new VectorId("id-" + i);
      int holder = cluster.holder(id, 0);
      if (wanted[holder] > 0) {
        wanted[holder]--;
        answer(
            cluster.gateway.apply(
                new Mutation.Insert(id, Vector.of(i, 0, 0, 1), WriteTime.UNSTAMPED),
                CallContext.UNBOUNDED));
      }
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest(name = "agents {0}, min_num {1}: {2}")
  @CsvSource({
    "'well well', 0, OK 5",
    "'well well', 5, OK 5",
    "'well well', 6, NOT_FOUND",
    // a time-out: with hits partial, without a DEADLINE_EXCEEDED
    "'silent silent', 0, DEADLINE_EXCEEDED",
    "'well silent', 0, OK 3 partial 1/2",
    "'well silent', 3, OK 3 partial 1/2",
    "'well silent', 4, DEADLINE_EXCEEDED",
    // Vald: NOT_FOUND, and INTERNAL where nobody is connected
    "'down down', 0, UNAVAILABLE",
    "'down silent', 0, DEADLINE_EXCEEDED",
    // Vald: the same without a hint that hits are missing
    "'down well', 0, OK 2 partial 1/2",
    "'down well', 3, NOT_FOUND",
  })
  void agentsAreMissing_codeOfTheCause(String agents, int minNum, String expected) {
    var behaviours = agents.split(" ", -1);
    for (int i = 0; i < behaviours.length; i++) {
      trouble(i, behaviours[i]);
    }
    var request =
        near(4, 0, 0, 1)
            .setConfig(Search.Config.newBuilder().setNum(9).setRadius(-1).setMinNum(minNum))
            .build();

    assertThat(outcome(() -> client.search(request))).isEqualTo(expected);
    assertThat(outcome(() -> client.linearSearch(request))).isEqualTo(expected);
  }

  private void trouble(int agent, String behaviour) {
    switch (behaviour) {
      case "silent" -> fail(agent, new DeadlineExceeded("no answer"));
      case "down" -> fail(agent, new Unavailable("connection refused"));
      default -> assertThat(behaviour).isEqualTo("well");
    }
  }

  private void fail(int agent, ValdException how) {
    cluster.scripts.get(agent).next(Call.SEARCH, new Step.Refuse(how));
    cluster.scripts.get(agent).next(Call.SEARCH, new Step.Refuse(how));
  }

  private String outcome(Supplier<Search.Response> call) {
    try {
      int hits = call.get().getResultsCount();
      var partial = trailers.get().get(PARTIAL);
      return "OK " + hits + (partial == null ? "" : " partial " + partial);
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode().toString();
    }
  }

  @Test
  void requestsThatCannotBeRight_invalidArgument() {
    var config = Search.Config.newBuilder().setNum(1).build();
    for (var request :
        new Search.Request[] {
          Search.Request.newBuilder().addVector(1).setConfig(config).build(),
          near(1, 0, 0, 1).clearConfig().build(),
          // Vald: NOT_FOUND, once every agent has refused it
          near(1, 0, 0).setConfig(config).build(),
        }) {
      assertThat(outcome(() -> client.search(request))).isEqualTo("INVALID_ARGUMENT");
      assertThat(outcome(() -> client.linearSearch(request))).isEqualTo("INVALID_ARGUMENT");
    }
    var noId = Search.IDRequest.newBuilder().setConfig(config).build();
    assertThat(outcome(() -> client.searchByID(noId))).isEqualTo("INVALID_ARGUMENT");
    assertThat(outcome(() -> client.linearSearchByID(noId))).isEqualTo("INVALID_ARGUMENT");
  }

  @ParameterizedTest(name = "aggregation_algorithm {0}")
  @ValueSource(ints = {0, 1, 2, 3, 4, 99})
  void everyAggregationAlgorithm_answersTheSame(int algorithm) {
    var config =
        Search.Config.newBuilder().setNum(3).setRadius(-1).setAggregationAlgorithmValue(algorithm);
    config.getRatioBuilder().setValue(0.1f);

    var response = client.search(near(0, 0, 0, 1).setConfig(config).build());

    assertThat(response.getResultsList())
        .hasSize(3)
        .isSortedAccordingTo((one, other) -> Float.compare(one.getDistance(), other.getDistance()));
  }

  @Test
  void oneOfManySearchesIsPartial_theCallSaysSo() {
    fail(1, new Unavailable("connection refused"));
    var request =
        near(0, 0, 0, 1).setConfig(Search.Config.newBuilder().setNum(9).setRadius(-1)).build();
    var requests = Search.MultiRequest.newBuilder();
    for (int i = 0; i < 40; i++) {
      requests.addRequests(request);
    }

    var responses = client.multiSearch(requests.build());

    assertThat(responses.getResponsesCount()).isEqualTo(40);
    assertThat(trailers.get().get(PARTIAL)).isEqualTo("1/2");
  }

  @Test
  void nothingIsStored_notFound() {
    var empty = ClusterInMemory.started(2, 2);
    try (var other = RunningServer.gateway(empty.gateway)) {
      var stub = SearchGrpc.newBlockingStub(other.channel());
      var request = near(0, 0, 0, 1).setConfig(Search.Config.newBuilder().setNum(1)).build();

      assertThat(outcome(() -> stub.search(request))).isEqualTo(Status.Code.NOT_FOUND.toString());
    }
  }

  private static Search.Request.Builder near(float... components) {
    var request = Search.Request.newBuilder();
    for (float component : components) {
      request.addVector(component);
    }
    return request;
  }
}
