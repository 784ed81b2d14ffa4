package dev.kagami.system;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.vdaas.vald.api.v1.payload.Insert;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Remove;
import org.vdaas.vald.api.v1.payload.Search;
import org.vdaas.vald.api.v1.payload.Update;
import org.vdaas.vald.api.v1.payload.Upsert;
import org.vdaas.vald.api.v1.vald.InsertGrpc;
import org.vdaas.vald.api.v1.vald.ObjectGrpc;
import org.vdaas.vald.api.v1.vald.RemoveGrpc;
import org.vdaas.vald.api.v1.vald.SearchGrpc;
import org.vdaas.vald.api.v1.vald.UpdateGrpc;
import org.vdaas.vald.api.v1.vald.UpsertGrpc;

/** A plain Vald client. Each call waits for its answer, ten seconds unless told otherwise. */
final class ValdClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ManagedChannel channel;
  private final Duration patience;
  private volatile String lastRefusal = "";

  ValdClient(int port) {
    this(port, PATIENCE);
  }

  /**
   * @param patience how long each call waits for its answer
   */
  ValdClient(int port, Duration patience) {
    this.patience = patience;
    this.channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  Status.Code insert(String id, float... vector) {
    var request = Insert.Request.newBuilder().setVector(vector(id, vector)).build();
    return codeOf(() -> within(InsertGrpc.newBlockingStub(channel)).insert(request));
  }

  Status.Code update(String id, float... vector) {
    var request = Update.Request.newBuilder().setVector(vector(id, vector)).build();
    return codeOf(() -> within(UpdateGrpc.newBlockingStub(channel)).update(request));
  }

  Status.Code upsert(String id, float... vector) {
    var request = Upsert.Request.newBuilder().setVector(vector(id, vector)).build();
    return codeOf(() -> within(UpsertGrpc.newBlockingStub(channel)).upsert(request));
  }

  Status.Code remove(String id) {
    var request = Remove.Request.newBuilder().setId(Object.ID.newBuilder().setId(id)).build();
    return codeOf(() -> within(RemoveGrpc.newBlockingStub(channel)).remove(request));
  }

  /** The vector and timestamp of an id; empty if it is not there. */
  Optional<Object.Vector> get(String id) {
    var request = Object.VectorRequest.newBuilder().setId(Object.ID.newBuilder().setId(id)).build();
    try {
      return Optional.of(within(ObjectGrpc.newBlockingStub(channel)).getObject(request));
    } catch (StatusRuntimeException failure) {
      if (failure.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  /** What the last write that was refused was told. */
  String lastRefusal() {
    return lastRefusal;
  }

  /** Whether the server answers at all, for instance that it has no such id. */
  boolean answers() {
    try {
      get("nobody");
      return true;
    } catch (StatusRuntimeException failure) {
      return false;
    }
  }

  /** The ids nearest to {@code vector}, nearest first. */
  List<String> search(int num, float... vector) {
    var request = Search.Request.newBuilder();
    for (float component : vector) {
      request.addVector(component);
    }
    request.setConfig(Search.Config.newBuilder().setNum(num).setRadius(-1));
    try {
      return within(SearchGrpc.newBlockingStub(channel))
          .search(request.build())
          .getResultsList()
          .stream()
          .map(Object.Distance::getId)
          .toList();
    } catch (StatusRuntimeException failure) {
      if (failure.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return List.of();
      }
      throw failure;
    }
  }

  /** The code that a search with these parameters gets. */
  Status.Code searchCode(Search.Request request) {
    return codeOf(() -> within(SearchGrpc.newBlockingStub(channel)).search(request));
  }

  /** The code that an insert as it stands gets. */
  Status.Code insertCode(Insert.Request request) {
    return codeOf(() -> within(InsertGrpc.newBlockingStub(channel)).insert(request));
  }

  private static Object.Vector vector(String id, float... components) {
    var vector = Object.Vector.newBuilder().setId(id);
    for (float component : components) {
      vector.addVector(component);
    }
    return vector.build();
  }

  private <S extends io.grpc.stub.AbstractStub<S>> S within(S stub) {
    return stub.withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Status.Code codeOf(Runnable call) {
    try {
      call.run();
      return Status.Code.OK;
    } catch (StatusRuntimeException failure) {
      lastRefusal = String.valueOf(failure.getStatus().getDescription());
      return failure.getStatus().getCode();
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
