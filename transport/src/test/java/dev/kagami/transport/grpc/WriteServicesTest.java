package dev.kagami.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vdaas.vald.api.v1.payload.Insert;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Remove;
import org.vdaas.vald.api.v1.payload.Update;
import org.vdaas.vald.api.v1.payload.Upsert;
import org.vdaas.vald.api.v1.rpc.BadRequest;
import org.vdaas.vald.api.v1.rpc.ErrorInfo;
import org.vdaas.vald.api.v1.vald.InsertGrpc;
import org.vdaas.vald.api.v1.vald.RemoveGrpc;
import org.vdaas.vald.api.v1.vald.UpdateGrpc;
import org.vdaas.vald.api.v1.vald.UpsertGrpc;

class WriteServicesTest extends ServedStore {
  private final InsertGrpc.InsertBlockingStub inserts = InsertGrpc.newBlockingStub(channel());
  private final UpdateGrpc.UpdateBlockingStub updates = UpdateGrpc.newBlockingStub(channel());
  private final UpsertGrpc.UpsertBlockingStub upserts = UpsertGrpc.newBlockingStub(channel());
  private final RemoveGrpc.RemoveBlockingStub removes = RemoveGrpc.newBlockingStub(channel());

  @Test
  void eachWrite_becomesItsMutationAndAnswersItsPlace() {
    var inserted = inserts.insert(insert("a", 1, 2));
    updates.update(Update.Request.newBuilder().setVector(vector("a", 3, 4)).build());
    upserts.upsert(upsert("a", 5, 6));
    var removed = removes.remove(Remove.Request.newBuilder().setId(id("a")).build());

    assertThat(inserted.getName()).isEqualTo("agent-1");
    assertThat(inserted.getUuid()).isEqualTo("a");
    assertThat(removed).isEqualTo(inserted);
    var a = new VectorId("a");
    assertThat(scripted.mutations())
        .containsExactly(
            new Mutation.Insert(a, Vector.of(1, 2), WriteTime.UNSTAMPED),
            new Mutation.Update(a, Vector.of(3, 4), WriteTime.UNSTAMPED),
            new Mutation.Upsert(a, Vector.of(5, 6), WriteTime.UNSTAMPED),
            new Mutation.Remove(a, WriteTime.UNSTAMPED));
  }

  @ParameterizedTest(name = "vector.timestamp {0}, config.timestamp {1}: {2}")
  @CsvSource({"5, 0, 5", "0, 6, 6", "5, 6, 6", "6, 5, 6"})
  void timeInEitherField_theLaterCounts(long ofVector, long ofConfig, long expected) {
    upserts.upsert(timed(ofVector, ofConfig));

    assertThat(scripted.mutations().getFirst().time())
        .isEqualTo(WriteTime.ofClient(new Timestamp(expected)));
  }

  @ParameterizedTest(name = "vector.timestamp {0}, config.timestamp {1}")
  @CsvSource({"-1, 0", "0, -1", "-1, 5", "5, -1", "-9223372036854775808, 9223372036854775807"})
  void negativeTime_isRefusedByName(long ofVector, long ofConfig) {
    var failure = failure(() -> upserts.upsert(timed(ofVector, ofConfig)));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure).hasMessageContaining("Upsert API timestamp -");
  }

  private static Upsert.Request timed(long ofVector, long ofConfig) {
    return Upsert.Request.newBuilder()
        .setVector(vector("a", 1, 2).toBuilder().setTimestamp(ofVector))
        .setConfig(Upsert.Config.newBuilder().setTimestamp(ofConfig))
        .build();
  }

  @Test
  void refusal_hasMessageAndDetailsAsValdHasThem() throws InvalidProtocolBufferException {
    inserts.insert(insert("a", 1, 2));

    var exists = failure(() -> inserts.insert(insert("a", 1, 2)));
    var dimension = failure(() -> inserts.insert(insert("b", 1, 2, 3)));

    assertThat(exists.getStatus().getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
    assertThat(exists.getStatus().getDescription()).isEqualTo("Insert API uuid a already exists");
    assertThat(dimension.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    var details = StatusProto.fromThrowable(dimension).getDetailsList();
    var info = details.get(0).unpack(ErrorInfo.class);
    assertThat(info.getReason()).endsWith("the vector has 3 dimensions, the index holds 2");
    assertThat(info.getDomain()).isNotEmpty();
    assertThat(details.get(1).unpack(BadRequest.class).getFieldViolations(0).getField())
        .isEqualTo("vector");
  }

  @Test
  void writeThatIsNotTheNewest_alreadyExistsToValdsClients() throws Exception {
    upserts.upsert(timed(9, 0));

    var older =
        timed(8, 0).toBuilder().setVector(vector("a", 7, 7).toBuilder().setTimestamp(8)).build();

    var failure = failure(() -> upserts.upsert(older));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
    assertThat(failure).hasMessageContaining("Upsert API uuid a: a newer version exists");
    var details = StatusProto.fromThrowable(failure).getDetailsList();
    assertThat(details.get(1).unpack(BadRequest.class).getFieldViolations(0).getDescription())
        .isEqualTo("a newer version exists; it is of 1970-01-01T00:00:00.000000009Z");
  }

  @Test
  void multi_answersInRequestOrder() {
    var requests =
        Insert.MultiRequest.newBuilder()
            .addAllRequests(IntStream.range(0, 100).mapToObj(i -> insert("id-" + i, i, 0)).toList())
            .build();

    var locations = inserts.multiInsert(requests);

    assertThat(locations.getLocationsList())
        .extracting(Object.Location::getUuid)
        .containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(i -> "id-" + i).toList());
  }

  @Test
  void multiWithFailures_runsAllAndFailsWithTheFirst() throws InvalidProtocolBufferException {
    inserts.insert(insert("a", 1, 2));
    var requests =
        Insert.MultiRequest.newBuilder()
            .addRequests(insert("b", 1, 2))
            .addRequests(insert("a", 1, 2))
            .addRequests(insert("c", 1, 2, 3))
            .addRequests(insert("d", 1, 2))
            .build();

    var failure = failure(() -> inserts.multiInsert(requests));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
    assertThat(failure.getStatus().getDescription())
        .isEqualTo(
            "MultiInsert API 2 of 4 requests failed; first Insert API uuid a already exists");
    var details = StatusProto.fromThrowable(failure).getDetailsList();
    assertThat(details.get(1).unpack(BadRequest.class).getFieldViolationsList())
        .extracting(BadRequest.FieldViolation::getField)
        .containsExactly("requests[1]", "requests[2]");
    assertThat(memory.contents().keySet()).contains(new VectorId("b"), new VectorId("d"));
  }

  @Test
  void sameIdTwiceInOneMulti_isWrittenInRequestOrder() {
    var gate = new CompletableFuture<Void>();
    scripted.next(Call.APPLY, new Step.HoldRequest(gate));
    var requests =
        Upsert.MultiRequest.newBuilder()
            .addRequests(upsert("a", 1, 1))
            .addRequests(upsert("a", 2, 2))
            .addRequests(upsert("b", 3, 3))
            .build();

    var locations = UpsertGrpc.newFutureStub(channel()).multiUpsert(requests);
    Eventually.until(() -> scripted.mutations().size() == 2);
    gate.complete(null);

    assertThat(Eventually.get(locations).getLocationsCount()).isEqualTo(3);
    assertThat(scripted.mutations())
        .extracting(mutation -> mutation.id().value())
        .containsExactly("a", "b", "a");
    assertThat(memory.contents().get(new VectorId("a")).visible().orElseThrow().vector())
        .contains(Vector.of(2, 2));
  }

  @Test
  void tooLargeMulti_isRefusedBeforeAnythingIsWritten() {
    var requests = Remove.MultiRequest.newBuilder();
    for (int i = 0; i <= Batch.MAX_ITEMS; i++) {
      requests.addRequests(Remove.Request.getDefaultInstance());
    }

    var failure = failure(() -> removes.multiRemove(requests.build()));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(failure).hasMessageContaining("10001").hasMessageContaining("10000");
    assertThat(scripted.mutations()).isEmpty();
  }

  @Test
  void manyFailuresWithLongIds_fitIntoTrailers() {
    var requests = Insert.MultiRequest.newBuilder();
    for (int i = 0; i < 1_000; i++) {
      requests.addRequests(insert("\u00e9".repeat(300) + i, 1, 2));
    }

    var failure = failure(() -> inserts.multiInsert(requests.build()));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure).hasMessageContaining("1000 of 1000 requests failed");
    assertThat(StatusProto.fromThrowable(failure).getDetailsCount()).isEqualTo(2);
  }

  @Test
  void emptyMulti_isAnsweredEmpty() {
    assertThat(upserts.multiUpsert(Upsert.MultiRequest.getDefaultInstance()).getLocationsCount())
        .isZero();
  }

  @ParameterizedTest
  @CsvSource({"''", "too long"})
  void idThatIsNone_isRefused(String id) {
    var bad = id.isEmpty() ? id : "x".repeat(VectorId.MAX_BYTES + 1);

    var failure = failure(() -> inserts.insert(insert(bad, 1, 2)));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure).hasMessageContaining("Insert API").hasMessageContaining("the id ");
  }

  @ParameterizedTest
  @CsvSource({"'a\nb'", "'../../etc'", "'\u202Eabc'", "'\uD83D\uDE00'", "'\u0000'"})
  void oddId_isKeptAsItIs(String odd) {
    assertThat(inserts.insert(insert(odd, 1, 2)).getUuid()).isEqualTo(odd);
    assertThat(memory.contents()).containsKey(new VectorId(odd));
  }
}
