package dev.kagami.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Stamp;
import dev.kagami.mirror.console.WriteView;
import dev.kagami.mirror.mesh.MirrorTarget.Desired;
import dev.kagami.mirror.mesh.TargetPhase;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vdaas.vald.api.v1.mirror.MirrorGrpc;
import org.vdaas.vald.api.v1.payload.Insert;
import org.vdaas.vald.api.v1.payload.Mirror;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.vald.InsertGrpc;

/** Whole mirrors of several sites in this process, over real connections. */
class MeshOverGrpcTest {
  @TempDir private Path folder;
  private TestSites sites;

  @AfterEach
  void stop() {
    sites.close();
  }

  @Test
  void threeSitesAndOneStaticTarget_makeAFullMesh() {
    sites = new TestSites(folder);
    var a = sites.start("A", 1);
    var b = sites.start("B", 2, a.address());
    var c = sites.start("C", 3, a.address());

    sites.await(() -> a.isConnectedTo("B", "C"));
    sites.await(() -> b.isConnectedTo("A", "C"));
    sites.await(() -> c.isConnectedTo("A", "B"));
  }

  @Test
  void stoppedSite_isDisconnectedAndComesBack() {
    sites = new TestSites(folder);
    var a = sites.start("A", 1);
    var b = sites.start("B", 2, a.address());
    sites.await(() -> a.isConnectedTo("B"));

    b.close();
    sites.await(() -> a.targets().getFirst().phase() == TargetPhase.DISCONNECTED);

    sites.restart(b);
    sites.await(() -> a.isConnectedTo("B"));
  }

  @Test
  void removedTarget_staysRemovedWhileItsPeerRegistersOn() {
    sites = new TestSites(folder);
    var a = sites.start("A", 1);
    var b = sites.start("B", 2, a.address());
    sites.await(() -> a.isConnectedTo("B"));

    a.process().operations().remove("B");
    var answer = MirrorGrpc.newBlockingStub(sites.peerChannel(a.address())).register(just(b));

    assertThat(a.targets())
        .singleElement()
        .satisfies(target -> assertThat(target.desired()).isEqualTo(Desired.REMOVED));
    assertThat(answer).isEqualTo(just(a));
  }

  @Test
  void removedSite_hearsOfItAndIsBackWhenItAddsATarget() {
    sites = new TestSites(folder);
    var a = sites.start("A", 1);
    var b = sites.start("B", 2, a.address());
    sites.await(() -> a.isConnectedTo("B") && b.isConnectedTo("A"));

    a.process().operations().remove("B");
    sites.await(() -> !b.isConnectedTo("A"));
    assertThat(b.targets())
        .anySatisfy(target -> assertThat(target.reason()).contains("this site was removed"));

    b.process().operations().add(a.address().host(), a.address().port());
    sites.await(() -> a.isConnectedTo("B") && b.isConnectedTo("A"));
  }

  private static Mirror.Targets just(TestSite site) {
    return Mirror.Targets.newBuilder()
        .addTargets(
            Mirror.Target.newBuilder()
                .setHost(site.address().host())
                .setPort(site.address().port()))
        .build();
  }

  @Test
  void operations_answerAtOnceWhileAPeerHangs() {
    sites = new TestSites(folder);
    var a = sites.start("A", 1);
    try (var hanging = new SilentPort()) {
      var started = System.nanoTime();

      a.process().operations().add("127.0.0.1", hanging.port());
      a.process().operations().site();
      a.process().operations().targets();
      a.process().operations().remove(hanging.address().toString());

      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void client_asksForAModeAndIsToldAReceipt() {
    sites = new TestSites(folder);
    var a = sites.start("A", 1);
    var b = sites.start("B", 2, a.address());
    sites.await(() -> a.isConnectedTo("B") && b.isConnectedTo("A"));
    var asked = new Metadata();
    asked.put(Metadata.Key.of("kagami-mode", Metadata.ASCII_STRING_MARSHALLER), "local");
    var trailers = new AtomicReference<Metadata>();
    var client =
        InsertGrpc.newBlockingStub(sites.channel(a.address()))
            .withInterceptors(
                MetadataUtils.newAttachHeadersInterceptor(asked),
                MetadataUtils.newCaptureMetadataInterceptor(new AtomicReference<>(), trailers));

    client.insert(
        Insert.Request.newBuilder()
            .setVector(Object.Vector.newBuilder().setId("x").addAllVector(List.of(1f, 2f, 3f, 4f)))
            .build());

    var outcomes =
        trailers.get().getAll(Metadata.Key.of("kagami-outcome", Metadata.ASCII_STRING_MARSHALLER));
    assertThat(outcomes).containsExactly("own cluster=OK", "B=PENDING");
    var stamp =
        trailers.get().get(Metadata.Key.of("kagami-stamp", Metadata.ASCII_STRING_MARSHALLER));
    assertThat(a.process().writes().receipt(new Stamp(Long.parseLong(stamp))).state())
        .isEqualTo(WriteView.State.APPLIED);
  }

  @Test
  void stranger_cannotRegister() {
    sites = new TestSites(folder);
    var a = sites.start("A", 1);
    var targets =
        Mirror.Targets.newBuilder()
            .addTargets(Mirror.Target.newBuilder().setHost("evil.example").setPort(8081))
            .build();
    var stranger = MirrorGrpc.newBlockingStub(sites.channel(a.address()));

    assertThatThrownBy(() -> stranger.register(targets))
        .isInstanceOf(StatusRuntimeException.class)
        .satisfies(refused ->
            assertThat(Status.fromThrowable(refused).getCode())
                .isEqualTo(Status.Code.PERMISSION_DENIED));
    assertThat(a.targets()).isEmpty();
  }

  @Test
  void peer_isToldWhatIsWrongWithItsList() {
    sites = new TestSites(folder);
    var a = sites.start("A", 1);
    var peer = MirrorGrpc.newBlockingStub(sites.peerChannel(a.address()));
    var bad =
        Mirror.Targets.newBuilder()
            .addTargets(Mirror.Target.newBuilder().setHost("b.example").setPort(-1))
            .build();

    assertThatThrownBy(() -> peer.register(Mirror.Targets.getDefaultInstance()))
        .hasMessageContaining("INVALID_ARGUMENT");
    assertThatThrownBy(() -> peer.register(bad)).hasMessageContaining("INVALID_ARGUMENT");
  }

  @Test
  void mirrorIsReady_onlyWhileItsOwnGatewayAnswers() {
    sites = new TestSites(folder);
    var a = sites.start("A", 1);
    sites.await(() -> a.process().isReady());

    a.gateway().close();
    sites.await(() -> !a.process().isReady());

    assertThat(a.process().operations().site().gateway().reason()).isNotEmpty();
  }

  @Test
  void leavingMirror_isNotReady() {
    sites = new TestSites(folder);
    var a = sites.start("A", 1);
    sites.await(() -> a.process().isReady());

    a.process().leave();

    assertThat(a.process().isReady()).isFalse();
    assertThat(a.process().store().indexInfo(CallContext.UNBOUNDED).toCompletableFuture().join())
        .isNotNull();
  }
}
