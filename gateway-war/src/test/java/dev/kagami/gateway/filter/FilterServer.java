package dev.kagami.gateway.filter;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.vdaas.vald.api.v1.filter.egress.FilterGrpc;
import org.vdaas.vald.api.v1.payload.Object;

/** An ingress and egress filter on loopback that does what a test tells it to. */
final class FilterServer implements AutoCloseable {
  private final Server server;
  private final AtomicInteger vectors = new AtomicInteger();
  private volatile Consumer<Object.Vector.Builder> vectorChange = _ -> {};
  private volatile Consumer<Object.Distance.Builder> distanceChange = _ -> {};

  FilterServer() {
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .directExecutor()
              .addService(new Ingress())
              .addService(new Egress())
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void onVector(Consumer<Object.Vector.Builder> change) {
    vectorChange = change;
  }

  void onDistance(Consumer<Object.Distance.Builder> change) {
    distanceChange = change;
  }

  int vectorsSeen() {
    return vectors.get();
  }

  int port() {
    return server.getPort();
  }

  String address() {
    return "127.0.0.1:" + port();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private void answer(Object.Vector vector, StreamObserver<Object.Vector> answers) {
    vectors.incrementAndGet();
    var changed = vector.toBuilder();
    vectorChange.accept(changed);
    answers.onNext(changed.build());
    answers.onCompleted();
  }

  private final class Ingress
      extends org.vdaas.vald.api.v1.filter.ingress.FilterGrpc.FilterImplBase {
    @Override
    public void filterVector(Object.Vector vector, StreamObserver<Object.Vector> answers) {
      answer(vector, answers);
    }
  }

  private final class Egress extends FilterGrpc.FilterImplBase {
    @Override
    public void filterVector(Object.Vector vector, StreamObserver<Object.Vector> answers) {
      answer(vector, answers);
    }

    @Override
    public void filterDistance(Object.Distance hit, StreamObserver<Object.Distance> answers) {
      var changed = hit.toBuilder();
      distanceChange.accept(changed);
      answers.onNext(changed.build());
      answers.onCompleted();
    }
  }
}
