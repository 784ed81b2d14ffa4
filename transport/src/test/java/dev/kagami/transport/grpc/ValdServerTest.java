package dev.kagami.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.store.Node;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.ThrowingVectorStore;
import dev.kagami.transport.client.Address;
import dev.kagami.transport.client.ChannelPool;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.vald.InsertGrpc;
import org.vdaas.vald.api.v1.vald.ObjectGrpc;

class ValdServerTest extends ServedStore {
  private final ObjectGrpc.ObjectBlockingStub objects = ObjectGrpc.newBlockingStub(channel());

  @Test
  void health_saysForAllServicesWhatItIsTold() {
    var health = HealthGrpc.newBlockingStub(channel());

    for (var service : List.of("", "vald.v1.Insert", "kagami.v1.Store", "core.v1.Agent")) {
      var request = HealthCheckRequest.newBuilder().setService(service).build();
      server().server().serving(true);
      assertThat(health.check(request).getStatus()).isEqualTo(ServingStatus.SERVING);
      server().server().serving(false);
      assertThat(health.check(request).getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
    }
  }

  @Test
  void serverThatWasNotToldToServe_isNotServing() {
    try (var fresh =
            new ValdServer(
                new ServerSettings(
                    "127.0.0.1",
                    0,
                    Node.Role.AGENT,
                    RunningServer.SECRET,
                    InstantSource.fixed(NOON)),
                List.of());
        var channels = new ChannelPool()) {
      var channel = channels.channel(new Address("127.0.0.1", fresh.port()));

      var answer =
          HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());

      assertThat(answer.getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
    }
  }

  @Test
  void reflection_listsTheServicesInBothVersions() {
    var current = new StreamClient<ServerReflectionRequest, ServerReflectionResponse>();
    ServerReflectionGrpc.newStub(channel()).serverReflectionInfo(current);
    current.read(1);
    current.send(ServerReflectionRequest.newBuilder().setListServices("").build());
    current.halfClose();

    assertThat(current.end()).isEqualTo(Status.Code.OK);
    assertThat(current.received().getFirst().getListServicesResponse().getServiceList())
        .extracting(ServiceResponse::getName)
        .contains(
            "vald.v1.Insert",
            "vald.v1.Flush",
            "core.v1.Agent",
            "rpc.v1.Stats",
            "kagami.v1.Store",
            "grpc.health.v1.Health",
            "grpc.reflection.v1.ServerReflection",
            "grpc.reflection.v1alpha.ServerReflection");
  }

  @Test
  void addressInUse_isNamed() {
    int taken = server().address().port();

    assertThatThrownBy(() ->
            new ValdServer(
                new ServerSettings(
                    "127.0.0.1",
                    taken,
                    Node.Role.AGENT,
                    RunningServer.SECRET,
                    InstantSource.fixed(NOON)),
                List.of()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("127.0.0.1:" + taken);
  }

  @Test
  void closing_letsCallsUnderWayEnd() {
    var gate = new CompletableFuture<Void>();
    scripted.next(Call.FIND, new Step.HoldAnswer(gate));
    var answer = ObjectGrpc.newFutureStub(channel()).exists(id("a"));
    Eventually.until(() -> scripted.calls(Call.FIND) == 1);

    var closing =
        CompletableFuture.runAsync(
            server().server()::close, task -> Thread.ofPlatform().name("closing").start(task));
    Eventually.until(() ->
        failure(() -> objects.exists(id("b"))).getStatus().getCode() == Status.Code.UNAVAILABLE);
    gate.complete(null);

    assertThatThrownBy(answer::get).hasMessageContaining("id a's data not found");
    assertThat(Eventually.get(closing)).isNull();
  }

  @Test
  void handlerThatThrows_isAFaultWithoutInnerDetails() {
    try (var broken =
        RunningServer.agent(
            new ThrowingVectorStore(new IllegalStateException("the password is in this text")))) {
      var stub = InsertGrpc.newBlockingStub(broken.channel());

      var failure = failure(() -> stub.insert(insert("a", 1, 2)));

      assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
      assertThat(failure.getStatus().getDescription())
          .isEqualTo("Insert API a fault of this server; its log tells more");
    }
  }

  @Test
  void messageAboveTheLimit_isRefusedAndTheConnectionLives() {
    var tooLarge = new byte[ValdServer.MAX_MESSAGE_BYTES + 1];

    assertThat(sendRaw(tooLarge, CallOptions.DEFAULT)).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(failure(() -> objects.exists(id("a"))).getStatus().getCode())
        .isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void bombOfGzip_countsAsWhatItBecomes() {
    var bomb = id("x".repeat(ValdServer.MAX_MESSAGE_BYTES)).toByteArray();

    assertThat(sendRaw(bomb, CallOptions.DEFAULT.withCompression("gzip")))
        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(failure(() -> objects.exists(id("a"))).getStatus().getCode())
        .isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void unknownFields_areIgnored() {
    // field 1 "a", field 99 varint 7
    var bytes = new byte[] {0x0A, 1, 'a', (byte) 0x98, 0x06, 7};

    assertThat(sendRaw(bytes, CallOptions.DEFAULT)).isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void bytesThatAreNoMessageOrNoText_areRefusedAndTheConnectionLives() {
    var noMessage = new byte[] {0x0A, 100, 'a'};
    var noText = new byte[] {0x0A, 2, (byte) 0xC3, 0x28};

    assertThat(sendRaw(noMessage, CallOptions.DEFAULT)).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(sendRaw(noText, CallOptions.DEFAULT)).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(scripted.calls(Call.FIND)).isZero();
    assertThat(failure(() -> objects.exists(id("a"))).getStatus().getCode())
        .isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void metadataAboveTheLimit_isRefused() {
    var headers = new Metadata();
    headers.put(
        Metadata.Key.of("x-large", Metadata.ASCII_STRING_MARSHALLER),
        "x".repeat(ValdServer.MAX_METADATA_BYTES));
    var stub = objects.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));

    var failure = failure(() -> stub.exists(id("a")));

    assertThat(failure.getStatus().getCode())
        .isIn(Status.Code.INTERNAL, Status.Code.RESOURCE_EXHAUSTED, Status.Code.UNAVAILABLE);
    assertThat(scripted.calls(Call.FIND)).isZero();
  }

  /** Asks whether an id exists by a request of these very bytes. */
  private Status.Code sendRaw(byte[] request, CallOptions options) {
    MethodDescriptor<byte[], Object.ID> method =
        ObjectGrpc.getExistsMethod().toBuilder(
                new RawMarshaller(), ObjectGrpc.getExistsMethod().getResponseMarshaller())
            .build();
    try {
      ClientCalls.blockingUnaryCall(channel(), method, options, request);
      return Status.Code.OK;
    } catch (StatusRuntimeException failure) {
      return failure.getStatus().getCode();
    }
  }
}
