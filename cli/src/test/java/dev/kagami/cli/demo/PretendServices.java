package dev.kagami.cli.demo;

import io.grpc.BindableService;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.StreamObserver;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.vdaas.vald.api.v1.payload.Insert;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Object.Vector;
import org.vdaas.vald.api.v1.payload.Remove;
import org.vdaas.vald.api.v1.payload.Search;
import org.vdaas.vald.api.v1.payload.Upsert;
import org.vdaas.vald.api.v1.vald.InsertGrpc;
import org.vdaas.vald.api.v1.vald.ObjectGrpc;
import org.vdaas.vald.api.v1.vald.RemoveGrpc;
import org.vdaas.vald.api.v1.vald.SearchGrpc;
import org.vdaas.vald.api.v1.vald.UpsertGrpc;

/** Vald's services on one side of a {@link PretendMesh}, as far as the demo calls them. */
record PretendServices(PretendMesh mesh, boolean atB) {

  List<BindableService> all() {
    return List.of(new Inserts(), new Upserts(), new Removes(), new Objects(), new Searches());
  }

  /** Something that may be refused. */
  private interface Write {
    void run() throws StatusException;
  }

  private static Optional<Status> refusal(Write write) {
    try {
      write.run();
      return Optional.empty();
    } catch (StatusException e) {
      return Optional.of(e.getStatus());
    }
  }

  private static void answer(String id, Write write, StreamObserver<Object.Location> answer) {
    var refusal = refusal(write);
    if (refusal.isPresent()) {
      answer.onError(refusal.get().asException());
    } else {
      answer.onNext(Object.Location.newBuilder().setUuid(id).build());
      answer.onCompleted();
    }
  }

  private static com.google.rpc.Status inBand(Status status) {
    var text = Optional.ofNullable(status.getDescription()).orElse("");
    return com.google.rpc.Status.newBuilder()
        .setCode(status.getCode().value())
        .setMessage(text)
        .build();
  }

  private static <Q, A> StreamObserver<Q> each(Consumer<Q> action, StreamObserver<A> answers) {
    return new StreamObserver<>() {
      @Override
      public void onNext(Q request) {
        action.accept(request);
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

  private final class Inserts extends InsertGrpc.InsertImplBase {
    @Override
    public void insert(Insert.Request request, StreamObserver<Object.Location> answer) {
      var vector = request.getVector();
      answer(vector.getId(), () -> mesh.insert(vector), answer);
    }
  }

  private final class Upserts extends UpsertGrpc.UpsertImplBase {
    @Override
    public void upsert(Upsert.Request request, StreamObserver<Object.Location> answer) {
      var vector = request.getVector();
      answer(vector.getId(), () -> mesh.upsert(vector), answer);
    }

    @Override
    public StreamObserver<Upsert.Request> streamUpsert(
        StreamObserver<Object.StreamLocation> answers) {
      return each(request -> answers.onNext(located(request.getVector())), answers);
    }

    private Object.StreamLocation located(Vector vector) {
      var answer = Object.StreamLocation.newBuilder();
      refusal(() -> mesh.upsert(vector))
          .ifPresentOrElse(
              status -> answer.setStatus(inBand(status)),
              () -> answer.setLocation(Object.Location.newBuilder().setUuid(vector.getId())));
      return answer.build();
    }
  }

  private final class Removes extends RemoveGrpc.RemoveImplBase {
    @Override
    public void remove(Remove.Request request, StreamObserver<Object.Location> answer) {
      var id = request.getId().getId();
      answer(id, () -> mesh.remove(id), answer);
    }
  }

  private final class Objects extends ObjectGrpc.ObjectImplBase {
    @Override
    public void getObject(Object.VectorRequest request, StreamObserver<Vector> answer) {
      var found = found(request);
      if (found.hasVector()) {
        answer.onNext(found.getVector());
        answer.onCompleted();
      } else {
        answer.onError(Status.NOT_FOUND.asException());
      }
    }

    @Override
    public StreamObserver<Object.VectorRequest> streamGetObject(
        StreamObserver<Object.StreamVector> answers) {
      var stored = mesh.stored(atB);
      return each(
          request -> {
            var vector = Optional.ofNullable(stored.get(request.getId().getId()));
            answers.onNext(streamed(vector));
          },
          answers);
    }

    private Object.StreamVector found(Object.VectorRequest request) {
      return streamed(Optional.ofNullable(mesh.stored(atB).get(request.getId().getId())));
    }

    private static Object.StreamVector streamed(Optional<Vector> vector) {
      var answer = Object.StreamVector.newBuilder();
      vector.ifPresentOrElse(answer::setVector, () -> answer.setStatus(inBand(Status.NOT_FOUND)));
      return answer.build();
    }
  }

  private final class Searches extends SearchGrpc.SearchImplBase {
    @Override
    public void searchByID(Search.IDRequest request, StreamObserver<Search.Response> answer) {
      answer(request, mesh.has(Fault.SEARCH_FINDS_STRANGERS) ? 5 : 0, answer);
    }

    @Override
    public void linearSearchByID(Search.IDRequest request, StreamObserver<Search.Response> answer) {
      answer(request, 0, answer);
    }

    /** Passes over {@code strangers} neighbors after the first. */
    private void answer(
        Search.IDRequest request, int strangers, StreamObserver<Search.Response> answer) {
      var stored = mesh.stored(atB);
      var query = stored.get(request.getId());
      var nearest =
          stored.values().stream()
              .map(vector -> distance(query, vector))
              .sorted(Comparator.comparingDouble(Object.Distance::getDistance))
              .limit(request.getConfig().getNum() + strangers)
              .toList();
      answer.onNext(
          Search.Response.newBuilder()
              .addResults(nearest.getFirst())
              .addAllResults(nearest.subList(1 + strangers, nearest.size()))
              .build());
      answer.onCompleted();
    }

    private static Object.Distance distance(Vector query, Vector vector) {
      var sum = 0.0;
      for (var i = 0; i < query.getVectorCount(); i++) {
        var difference = query.getVector(i) - vector.getVector(i);
        sum += difference * difference;
      }
      return Object.Distance.newBuilder()
          .setId(vector.getId())
          .setDistance((float) Math.sqrt(sum))
          .build();
    }
  }
}
