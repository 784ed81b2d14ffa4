package dev.kagami.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Search;
import org.vdaas.vald.api.v1.vald.InsertGrpc;
import org.vdaas.vald.api.v1.vald.SearchGrpc;
import org.vdaas.vald.api.v1.vald.SearchGrpc.SearchBlockingStub;

class SearchGrpcServiceTest extends ServedStore {
  private final SearchBlockingStub searches = SearchGrpc.newBlockingStub(channel());

  private void store(String id, float... components) {
    var answer = InsertGrpc.newBlockingStub(channel()).insert(insert(id, components));
    assertThat(answer.getUuid()).isEqualTo(id);
  }

  @Test
  void byVectorInBothWays_nearestFirstWithRequestId() {
    store("far", 9, 9);
    store("near", 1, 1);

    for (var way :
        List.<BiFunction<SearchBlockingStub, Search.Request, Search.Response>>of(
            SearchBlockingStub::search, SearchBlockingStub::linearSearch)) {
      var response = way.apply(searches, search("r1", 10, 1, 1));

      assertThat(response.getRequestId()).isEqualTo("r1");
      assertThat(response.getResultsList())
          .extracting(Object.Distance::getId)
          .containsExactly("near", "far");
      assertThat(response.getResults(0).getDistance()).isZero();
      assertThat(response.getResults(1).getDistance()).isEqualTo((float) Math.sqrt(128));
    }
  }

  @Test
  void byIdInBothWays_theIdItselfComesFirst() {
    store("far", 9, 9);
    store("near", 1, 1);

    for (var way :
        List.<BiFunction<SearchBlockingStub, Search.IDRequest, Search.Response>>of(
            SearchBlockingStub::searchByID, SearchBlockingStub::linearSearchByID)) {
      var response = way.apply(searches, searchById("r2", 1, "far"));

      assertThat(response.getRequestId()).isEqualTo("r2");
      assertThat(response.getResultsList())
          .extracting(Object.Distance::getId)
          .containsExactly("far");
    }
  }

  @Test
  void unknownId_isNotFoundByName() {
    store("a", 1, 1);

    var failure = failure(() -> searches.searchByID(searchById("r", 1, "b")));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(failure).hasMessageContaining("SearchByID API ").hasMessageContaining("b");
  }

  @Test
  void nothingStoredAtAgent_isAnsweredEmpty() {
    var response = searches.search(search("r3", 1, 1, 1));

    assertThat(response).isEqualTo(Search.Response.newBuilder().setRequestId("r3").build());
  }

  @Test
  void nothingWithinRadius_isNotFound() {
    store("far", 9, 9);
    var narrow = search("r4", 1, 1, 1).toBuilder();
    narrow.getConfigBuilder().setRadius(1);

    var failure = failure(() -> searches.search(narrow.build()));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(failure.getStatus().getDescription())
        .isEqualTo("Search API requestID r4's search result not found");
  }

  @Test
  void nothingStoredBehindGateway_isNotFound() {
    try (var gateway = RunningServer.gateway(memory)) {
      var stub = SearchGrpc.newBlockingStub(gateway.channel());

      var failure = failure(() -> stub.search(search("r5", 1, 1, 1)));

      assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    }
  }

  @Test
  void multiForms_answerInRequestOrder() {
    store("a", 1, 1);
    store("b", 9, 9);
    var byVector =
        Search.MultiRequest.newBuilder()
            .addRequests(search("r1", 1, 9, 9))
            .addRequests(search("r2", 1, 1, 1))
            .build();
    var byId =
        Search.MultiIDRequest.newBuilder()
            .addRequests(searchById("r1", 1, "b"))
            .addRequests(searchById("r2", 1, "a"))
            .build();

    for (var responses :
        List.of(
            searches.multiSearch(byVector),
            searches.multiLinearSearch(byVector),
            searches.multiSearchByID(byId),
            searches.multiLinearSearchByID(byId))) {
      assertThat(responses.getResponsesList())
          .extracting(Search.Response::getRequestId)
          .containsExactly("r1", "r2");
      assertThat(responses.getResponsesList())
          .extracting(response -> response.getResults(0).getId())
          .containsExactly("b", "a");
    }
  }

  @ParameterizedTest(name = "num {0}, radius {1}, epsilon {2}, timeout {3}: {4}")
  @CsvSource({
    "0, -1, 0, 0, num is 0",
    "1, NaN, 0, 0, radius is NaN",
    "1, -1, NaN, 0, epsilon is NaN",
    "1, -1, 0, -5, timeout is",
  })
  void impossibleConfig_isRefusedByName(
      int num, float radius, float epsilon, long timeout, String why) {
    var request =
        search("r", num, 1, 1).toBuilder()
            .setConfig(
                Search.Config.newBuilder()
                    .setNum(num)
                    .setRadius(radius)
                    .setEpsilon(epsilon)
                    .setTimeout(timeout))
            .build();

    var failure = failure(() -> searches.search(request));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure).hasMessageContaining("Search API " + why);
  }

  @Test
  void hugeNumbers_areClampedAndAnswered() {
    store("a", 1, 1);
    var request = search("r", 0, 1, 1).toBuilder();
    request.getConfigBuilder().setNum(-1).setMinNum(0).setEdgeSize(Integer.MAX_VALUE);

    assertThat(searches.search(request.build()).getResultsCount()).isEqualTo(1);
  }

  @Test
  void configMissing_isRefused() {
    var request = Search.Request.newBuilder().addVector(1).addVector(1).build();

    var failure = failure(() -> searches.search(request));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void vectorMissingOrNotFinite_isRefused() {
    for (var request : List.of(search("r", 1), search("r", 1, Float.NaN, 1))) {
      var failure = failure(() -> searches.search(request));

      assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
  }
}
