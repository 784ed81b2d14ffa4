package dev.kagami.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import io.grpc.Status;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Remove;
import org.vdaas.vald.api.v1.payload.Upsert;
import org.vdaas.vald.api.v1.vald.ObjectGrpc;
import org.vdaas.vald.api.v1.vald.RemoveGrpc;
import org.vdaas.vald.api.v1.vald.UpsertGrpc;

class ObjectGrpcServiceTest extends ServedStore {
  private final ObjectGrpc.ObjectBlockingStub objects = ObjectGrpc.newBlockingStub(channel());

  private void store(String id, long timestamp, float... components) {
    var request =
        Upsert.Request.newBuilder()
            .setVector(vector(id, components).toBuilder().setTimestamp(timestamp))
            .build();
    assertThat(UpsertGrpc.newBlockingStub(channel()).upsert(request).getUuid()).isEqualTo(id);
  }

  private static Object.VectorRequest object(String id) {
    return Object.VectorRequest.newBuilder().setId(id(id)).build();
  }

  private static Object.TimestampRequest timestamp(String id) {
    return Object.TimestampRequest.newBuilder().setId(id(id)).build();
  }

  @Test
  void storedVector_isToldBitForBit() {
    float denormal = Float.MIN_VALUE;
    store("a", 77, -0.0f, denormal);

    assertThat(objects.exists(id("a"))).isEqualTo(id("a"));
    assertThat(objects.getObject(object("a")))
        .isEqualTo(vector("a", -0.0f, denormal).toBuilder().setTimestamp(77).build());
    assertThat(objects.getTimestamp(timestamp("a")))
        .isEqualTo(Object.Timestamp.newBuilder().setId("a").setTimestamp(77).build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"never-there", "removed"})
  void idThatIsNotVisible_isNotFound(String id) {
    store("removed", 1, 1, 1);
    var gone =
        RemoveGrpc.newBlockingStub(channel())
            .remove(Remove.Request.newBuilder().setId(id("removed")).build());

    assertThat(gone.getUuid()).isEqualTo("removed");
    notFound(() -> objects.exists(id(id)), "Exists API id " + id + "'s data not found");
    notFound(() -> objects.getObject(object(id)), "GetObject API id " + id + "'s object not found");
    notFound(
        () -> objects.getTimestamp(timestamp(id)),
        "GetTimestamp API id " + id + "'s object not found");
  }

  private static void notFound(ThrowingCallable call, String message) {
    var failure = failure(call);
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(failure.getStatus().getDescription()).isEqualTo(message);
  }

  @Test
  void emptyId_isRefused() {
    var failure = failure(() -> objects.getObject(Object.VectorRequest.getDefaultInstance()));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void failureOfStore_isPassedOnAndNotTakenForAbsence() {
    scripted.next(Call.FIND, new Step.Refuse(new Unavailable("agent-2 does not answer")));

    var failure = failure(() -> objects.exists(id("a")));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("Exists API agent-2 does not answer");
  }
}
