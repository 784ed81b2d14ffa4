package dev.kagami.mirror.mesh;

import dev.kagami.transport.grpc.Answers;
import io.grpc.stub.StreamObserver;
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
    Answers.send(
        Answers.started(() -> registration.register(MeshMessages.announced(request)))
            .thenApply(MeshMessages::targets),
        answers);
  }
}
