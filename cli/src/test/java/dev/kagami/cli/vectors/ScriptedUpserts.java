package dev.kagami.cli.vectors;

import com.google.rpc.Status;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Object.StreamLocation;
import org.vdaas.vald.api.v1.payload.Upsert;
import org.vdaas.vald.api.v1.vald.UpsertGrpc;

/** A server that takes streams of upserts, keeps what it got and answers as the test says. */
final class ScriptedUpserts extends UpsertGrpc.UpsertImplBase implements AutoCloseable {

  private final List<Object.Vector> received = new CopyOnWriteArrayList<>();
  private final BiConsumer<Object.Vector, StreamObserver<StreamLocation>> script;
  private final Server server;
  private final ManagedChannel channel;

  ScriptedUpserts(BiConsumer<Object.Vector, StreamObserver<StreamLocation>> script)
      throws IOException {
    this.script = script;
    server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .addService(this)
            .build()
            .start();
    channel =
        Grpc.newChannelBuilder("127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
            .build();
  }

  ManagedChannel channel() {
    return channel;
  }

  List<Object.Vector> received() {
    return received;
  }

  static StreamLocation stored(Object.Vector vector) {
    var location = Object.Location.newBuilder().setUuid(vector.getId());
    return StreamLocation.newBuilder().setLocation(location).build();
  }

  static StreamLocation refused(io.grpc.Status.Code code, String message) {
    var status = Status.newBuilder().setCode(code.value()).setMessage(message);
    return StreamLocation.newBuilder().setStatus(status).build();
  }

  @Override
  public StreamObserver<Upsert.Request> streamUpsert(StreamObserver<StreamLocation> answers) {
    return new StreamObserver<>() {
      @Override
      public void onNext(Upsert.Request request) {
        received.add(request.getVector());
        script.accept(request.getVector(), answers);
      }

      @Override
      public void onError(Throwable cancelled) {
        // nobody is left to answer
      }

      @Override
      public void onCompleted() {
        answers.onCompleted();
      }
    };
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }
}
