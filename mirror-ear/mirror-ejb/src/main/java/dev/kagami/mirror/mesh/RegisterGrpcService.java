package dev.kagami.mirror.mesh;

import dev.kagami.core.error.ValdException;
import dev.kagami.transport.client.Address;
import dev.kagami.transport.codec.StatusMapping;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vdaas.vald.api.v1.mirror.MirrorGrpc;
import org.vdaas.vald.api.v1.payload.Mirror;

/** {@code mirror.v1.Mirror}: mirrors make their targets known to each other. */
final class RegisterGrpcService extends MirrorGrpc.MirrorImplBase {
  private final Registration registration;

  RegisterGrpcService(Registration registration) {
    this.registration = registration;
  }

  @Override
  public void register(Mirror.Targets request, StreamObserver<Mirror.Targets> answers) {
    // With a handler set, answering a call that the client has given up is silent.
    ((ServerCallStreamObserver<Mirror.Targets>) answers).setOnCancelHandler(() -> {});
    registered(request)
        .whenComplete((known, failure) -> {
          if (failure != null) {
            answers.onError(StatusMapping.toException(StatusMapping.failure(failure)));
          } else {
            answers.onNext(message(known));
            answers.onCompleted();
          }
        });
  }

  private CompletionStage<List<Address>> registered(Mirror.Targets request) {
    try {
      return registration.register(
          request.getTargetsList().stream()
              .map(target -> new Announced(target.getHost(), target.getPort()))
              .toList());
    } catch (ValdException refused) {
      return CompletableFuture.failedStage(refused);
    }
  }

  private static Mirror.Targets message(List<Address> known) {
    var targets = Mirror.Targets.newBuilder();
    for (var address : known) {
      targets.addTargets(
          Mirror.Target.newBuilder().setHost(address.host()).setPort(address.port()));
    }
    return targets.build();
  }
}
