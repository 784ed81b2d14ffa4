package dev.kagami.cli.demo;

import dev.kagami.cli.vectors.Connection;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.vdaas.vald.api.v1.payload.Insert;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Remove;
import org.vdaas.vald.api.v1.payload.Upsert;
import org.vdaas.vald.api.v1.vald.InsertGrpc;
import org.vdaas.vald.api.v1.vald.ObjectGrpc;
import org.vdaas.vald.api.v1.vald.RemoveGrpc;
import org.vdaas.vald.api.v1.vald.UpsertGrpc;

/**
 * A site as any client of Vald sees it: the services of its mirror. Each call waits for its answer,
 * and throws {@link StatusRuntimeException} for what the site refuses.
 */
final class SiteClient implements AutoCloseable {

  private static final int SECONDS = 30;

  private final String name;
  private final Connection mirror;

  SiteClient(String name, String mirrorAddress) {
    this.name = name;
    this.mirror = Connection.to(mirrorAddress);
  }

  String name() {
    return name;
  }

  Channel channel() {
    return mirror.channel();
  }

  /** The vector with its timestamp, or empty if the site has none under this id. */
  Optional<Object.Vector> find(String id) {
    try {
      return Optional.of(inTime(ObjectGrpc.newBlockingStub(channel())).getObject(request(id)));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Those of these ids that the site has. */
  Map<String, Object.Vector> findAll(Collection<String> ids) throws InterruptedException {
    var answers = new FoundVectors();
    var requests = inTime(ObjectGrpc.newStub(channel())).streamGetObject(answers);
    ids.forEach(id -> requests.onNext(request(id)));
    requests.onCompleted();
    return answers.await();
  }

  void upsert(Object.Vector vector) {
    var request = Upsert.Request.newBuilder().setVector(vector).build();
    var location = inTime(UpsertGrpc.newBlockingStub(channel())).upsert(request);
    requireAbout(vector.getId(), location);
  }

  void insert(Object.Vector vector) {
    var request = Insert.Request.newBuilder().setVector(vector).build();
    var location = inTime(InsertGrpc.newBlockingStub(channel())).insert(request);
    requireAbout(vector.getId(), location);
  }

  void remove(String id) {
    var request = Remove.Request.newBuilder().setId(Object.ID.newBuilder().setId(id)).build();
    var location = inTime(RemoveGrpc.newBlockingStub(channel())).remove(request);
    requireAbout(id, location);
  }

  @Override
  public void close() {
    mirror.close();
  }

  private static Object.VectorRequest request(String id) {
    return Object.VectorRequest.newBuilder().setId(Object.ID.newBuilder().setId(id)).build();
  }

  private static <S extends AbstractStub<S>> S inTime(S stub) {
    return stub.withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
  }

  private void requireAbout(String id, Object.Location location) {
    if (!location.getUuid().equals(id)) {
      throw new IllegalStateException(
          "site "
              + name
              + " answers a write of '"
              + id
              + "' with one of '"
              + location.getUuid()
              + "'");
    }
  }
}
