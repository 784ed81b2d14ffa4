package dev.kagami.mirror.mesh;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.kagami.core.store.CallContext;
import dev.kagami.transport.client.Address;
import dev.kagami.transport.codec.StatusMapping;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vdaas.vald.api.v1.mirror.MirrorGrpc;
import org.vdaas.vald.api.v1.payload.Mirror;

/** Calls {@code mirror.v1.Mirror/Register} at one peer. Thread-safe. */
final class RegisterCall {
  private final MirrorGrpc.MirrorStub stub;
  private final String target;
  private final InstantSource clock;

  /**
   * @param target the peer, as messages name it
   */
  RegisterCall(Channel channel, String target, InstantSource clock) {
    this.stub = MirrorGrpc.newStub(channel);
    this.target = target;
    this.clock = clock;
  }

  CompletionStage<List<Announced>> call(List<Address> connected, CallContext context) {
    var left = Duration.between(clock.instant(), context.deadline());
    var answer = new Answer();
    Context.ROOT.run(() ->
        stub.withDeadlineAfter(left.toNanos(), NANOSECONDS).register(list(connected), answer));
    return answer.stage;
  }

  private static Mirror.Targets list(List<Address> addresses) {
    var targets = Mirror.Targets.newBuilder();
    for (var address : addresses) {
      targets.addTargets(
          Mirror.Target.newBuilder().setHost(address.host()).setPort(address.port()));
    }
    return targets.build();
  }

  private final class Answer implements StreamObserver<Mirror.Targets> {
    private final CompletableFuture<List<Announced>> stage = new CompletableFuture<>();

    @Override
    public void onNext(Mirror.Targets targets) {
      stage.complete(
          targets.getTargetsList().stream()
              .map(one -> new Announced(one.getHost(), one.getPort()))
              .toList());
    }

    @Override
    public void onError(Throwable failure) {
      stage.completeExceptionally(StatusMapping.fromGrpc(failure, target));
    }

    @Override
    public void onCompleted() {
      // The answer came by onNext; gRPC reports a missing one by onError.
    }
  }
}
