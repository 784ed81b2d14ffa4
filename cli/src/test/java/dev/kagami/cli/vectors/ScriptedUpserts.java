package dev.kagami.cli.vectors;

import com.google.rpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Object.StreamLocation;
import org.vdaas.vald.api.v1.payload.Upsert;
import org.vdaas.vald.api.v1.vald.UpsertGrpc;

/** Takes streams of upserts, keeps what it got and answers as the test says. */
final class ScriptedUpserts extends UpsertGrpc.UpsertImplBase {

  private final List<Object.Vector> received = new CopyOnWriteArrayList<>();
  private final BiConsumer<Object.Vector, StreamObserver<StreamLocation>> script;

  ScriptedUpserts(BiConsumer<Object.Vector, StreamObserver<StreamLocation>> script) {
    this.script = script;
  }

  static ScriptedUpserts storingAll() {
    return new ScriptedUpserts((vector, answers) -> answers.onNext(stored(vector)));
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
}
