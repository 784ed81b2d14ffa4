package dev.kagami.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Search;
import org.vdaas.vald.api.v1.payload.Upsert;
import org.vdaas.vald.api.v1.vald.ObjectGrpc;
import org.vdaas.vald.api.v1.vald.SearchGrpc;
import org.vdaas.vald.api.v1.vald.UpsertGrpc;

class ItemStreamTest extends ServedStore {
  private final UpsertGrpc.UpsertStub upserts = UpsertGrpc.newStub(channel());
  private final ObjectGrpc.ObjectStub objects = ObjectGrpc.newStub(channel());

  private static Object.VectorRequest object(String id) {
    return Object.VectorRequest.newBuilder().setId(id(id)).build();
  }

  private void store(String id, float... components) {
    assertThat(UpsertGrpc.newBlockingStub(channel()).upsert(upsert(id, components)).getUuid())
        .isEqualTo(id);
  }

  @Test
  void eachRequest_isAnsweredOnceAndTheStreamEndsWell() {
    var client = new StreamClient<Upsert.Request, Object.StreamLocation>();
    upserts.streamUpsert(client);

    for (int i = 0; i < 100; i++) {
      client.send(upsert("id-" + i, i, i));
    }
    client.halfClose();

    client.read(Integer.MAX_VALUE);
    assertThat(client.end()).isEqualTo(Status.Code.OK);
    assertThat(client.received())
        .extracting(answer -> answer.getLocation().getUuid())
        .hasSize(100)
        .doesNotHaveDuplicates();
  }

  @Test
  void failedRequest_isToldInBandAndTheStreamGoesOn() {
    scripted.next(Call.APPLY, new Step.Refuse(new Unavailable("disk full")));
    var client = new StreamClient<Upsert.Request, Object.StreamLocation>();
    upserts.streamUpsert(client);
    client.read(Integer.MAX_VALUE);

    client.send(upsert("a", 1, 1));
    client.send(upsert("b", 1, 1, 1));
    client.send(upsert("c", 1, 1));
    client.halfClose();

    assertThat(client.end()).isEqualTo(Status.Code.OK);
    assertThat(client.received())
        .extracting(answer -> answer.getStatus().getCode())
        .containsExactlyInAnyOrder(
            Status.Code.UNAVAILABLE.value(), Status.Code.INVALID_ARGUMENT.value(), 0);
    assertThat(client.received())
        .filteredOn(Object.StreamLocation::hasStatus)
        .allSatisfy(answer -> {
          assertThat(answer.getStatus().getMessage()).startsWith("Upsert API ");
          assertThat(answer.getStatus().getDetailsCount()).isPositive();
        });
  }

  @Test
  void slowRequest_doesNotHoldUpTheOthers() {
    store("slow", 1, 1);
    store("quick", 1, 1);
    var gate = new CompletableFuture<Void>();
    scripted.next(Call.FIND, new Step.HoldRequest(gate));
    var client = new StreamClient<Object.VectorRequest, Object.StreamVector>();
    objects.streamGetObject(client);
    client.read(Integer.MAX_VALUE);

    client.send(object("slow"));
    client.send(object("quick"));
    Eventually.until(() -> client.received().size() == 1);
    gate.complete(null);
    client.halfClose();

    assertThat(client.end()).isEqualTo(Status.Code.OK);
    assertThat(client.received())
        .extracting(answer -> answer.getVector().getId())
        .containsExactly("quick", "slow");
  }

  @Test
  void requestsOfOneId_runInTheOrderTheyCame() {
    var gate = new CompletableFuture<Void>();
    scripted.next(Call.APPLY, new Step.HoldRequest(gate));
    var client = new StreamClient<Upsert.Request, Object.StreamLocation>();
    upserts.streamUpsert(client);
    client.read(Integer.MAX_VALUE);

    client.send(upsert("a", 1, 1));
    client.send(upsert("a", 2, 2));
    client.send(upsert("b", 3, 3));
    client.halfClose();
    Eventually.until(() -> client.received().size() == 1);
    gate.complete(null);

    assertThat(client.end()).isEqualTo(Status.Code.OK);
    assertThat(scripted.mutations())
        .extracting(mutation -> mutation.id().value())
        .containsExactly("a", "b", "a");
  }

  @Test
  void requestsThatDoNotEnd_areTakenInUpToTheLimit() {
    var gate = new CompletableFuture<Void>();
    scripted.always(new Step.HoldRequest(gate));
    var client = new StreamClient<Object.VectorRequest, Object.StreamVector>();
    objects.streamGetObject(client);
    client.read(Integer.MAX_VALUE);

    for (int i = 0; i < 100; i++) {
      client.send(object("id-" + i));
    }
    client.halfClose();
    Eventually.until(() -> scripted.calls(Call.FIND) >= ItemStream.IN_FLIGHT);
    roundTrips(50);

    // the round trips above do not go through find
    assertThat(scripted.calls(Call.FIND)).isEqualTo(ItemStream.IN_FLIGHT);
    gate.complete(null);
    assertThat(client.end()).isEqualTo(Status.Code.OK);
    assertThat(client.received()).hasSize(100);
  }

  @Test
  void clientThatDoesNotRead_isNotReadFromEither() {
    int requests = 3_000;
    store("a", 1, 1);
    var client = new StreamClient<Object.VectorRequest, Object.StreamVector>();
    objects.streamGetObject(client);

    for (int i = 0; i < requests; i++) {
      // a failure repeats the long id and so takes half a kilobyte
      client.send(object("x".repeat(500) + i % 10));
    }
    client.halfClose();
    Eventually.until(() -> scripted.calls(Call.FIND) > ItemStream.IN_FLIGHT);
    roundTrips(200);

    // What was taken in lies in the windows of the connection, about a megabyte, and no more.
    assertThat(scripted.calls(Call.FIND)).isLessThan(requests);
    client.read(Integer.MAX_VALUE);
    assertThat(client.end()).isEqualTo(Status.Code.OK);
    assertThat(client.received()).hasSize(requests);
  }

  /** Proves that the server had time to go on, had it wanted to. */
  private void roundTrips(int number) {
    var search = SearchGrpc.newBlockingStub(channel());
    for (int i = 0; i < number; i++) {
      var failure = failure(() -> search.search(Search.Request.getDefaultInstance()));
      assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
  }

  @Test
  void cancelledStream_isNotAnsweredAndTakesNothingMore() {
    var gate = new CompletableFuture<Void>();
    scripted.always(new Step.HoldRequest(gate));
    var client = new StreamClient<Object.VectorRequest, Object.StreamVector>();
    objects.streamGetObject(client);
    client.read(Integer.MAX_VALUE);
    for (int i = 0; i < 100; i++) {
      client.send(object("id-" + i));
    }
    Eventually.until(() -> scripted.calls(Call.FIND) == ItemStream.IN_FLIGHT);

    client.cancel();
    roundTrips(5);
    gate.complete(null);
    roundTrips(5);

    assertThat(client.end()).isEqualTo(Status.Code.CANCELLED);
    assertThat(client.received()).isEmpty();
    assertThat(scripted.calls(Call.FIND)).isEqualTo(ItemStream.IN_FLIGHT);
  }

  @Test
  void everyFormOfSearch_streamsWithRequestIds() {
    store("a", 1, 1);
    var stub = SearchGrpc.newStub(channel());
    var byVector = new StreamClient<Search.Request, Search.StreamResponse>();
    var byVectorLinear = new StreamClient<Search.Request, Search.StreamResponse>();
    var byId = new StreamClient<Search.IDRequest, Search.StreamResponse>();
    var byIdLinear = new StreamClient<Search.IDRequest, Search.StreamResponse>();
    stub.streamSearch(byVector);
    stub.streamLinearSearch(byVectorLinear);
    stub.streamSearchByID(byId);
    stub.streamLinearSearchByID(byIdLinear);

    byVector.send(search("r1", 1, 1, 1));
    byVectorLinear.send(search("r2", 1, 1, 1));
    byId.send(searchById("r3", 1, "a"));
    byIdLinear.send(searchById("r4", 1, "a"));

    int number = 1;
    for (var client : java.util.List.of(byVector, byVectorLinear, byId, byIdLinear)) {
      client.halfClose();
      client.read(Integer.MAX_VALUE);
      assertThat(client.end()).isEqualTo(Status.Code.OK);
      var response = client.received().getFirst().getResponse();
      assertThat(response.getRequestId()).isEqualTo("r" + number++);
      assertThat(response.getResults(0).getId()).isEqualTo("a");
    }
  }

  @Test
  void streamWithoutRequests_endsWell() {
    var client = new StreamClient<Upsert.Request, Object.StreamLocation>();
    upserts.streamUpsert(client);
    client.read(1);

    client.halfClose();

    assertThat(client.end()).isEqualTo(Status.Code.OK);
  }
}
