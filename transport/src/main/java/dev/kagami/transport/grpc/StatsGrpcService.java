package dev.kagami.transport.grpc;

import dev.kagami.core.store.Node;
import dev.kagami.transport.codec.HostName;
import io.grpc.stub.StreamObserver;
import org.vdaas.vald.api.v1.payload.Empty;
import org.vdaas.vald.api.v1.payload.Info;
import org.vdaas.vald.api.v1.rpc.StatsGrpc;

/** {@code rpc.v1.Stats}: what this process may use of its machine, and does. */
final class StatsGrpcService extends StatsGrpc.StatsImplBase {
  private final Operation<Empty, Info.ResourceStats> resourceStats;

  StatsGrpcService(Node node) {
    var use = new ResourceUse();
    this.resourceStats =
        Operation.reading(
            "ResourceStats",
            (_, call) ->
                node.describe(call)
                    .thenApply(self ->
                        Info.ResourceStats.newBuilder()
                            .setName(self.name())
                            .setIp(HostName.ADDRESS_OF_THIS_MACHINE)
                            .setCgroupStats(use.now())
                            .build()));
  }

  @Override
  public void resourceStats(Empty request, StreamObserver<Info.ResourceStats> answers) {
    resourceStats.unary(request, answers);
  }
}
