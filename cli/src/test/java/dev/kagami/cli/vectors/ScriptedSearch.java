package dev.kagami.cli.vectors;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.vdaas.vald.api.v1.payload.Object.Distance;
import org.vdaas.vald.api.v1.payload.Search;
import org.vdaas.vald.api.v1.vald.SearchGrpc;

/** Answers every search with tea and beer, knows no id "unknown", and keeps what it was asked. */
final class ScriptedSearch extends SearchGrpc.SearchImplBase {

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  List<String> asked() {
    return asked;
  }

  @Override
  public void searchByID(Search.IDRequest request, StreamObserver<Search.Response> answer) {
    answerById("search", request, answer);
  }

  @Override
  public void linearSearchByID(Search.IDRequest request, StreamObserver<Search.Response> answer) {
    answerById("linear", request, answer);
  }

  @Override
  public void search(Search.Request request, StreamObserver<Search.Response> answer) {
    answer("search", request.getVectorList().toString(), request.getConfig(), answer);
  }

  @Override
  public void linearSearch(Search.Request request, StreamObserver<Search.Response> answer) {
    answer("linear", request.getVectorList().toString(), request.getConfig(), answer);
  }

  private void answerById(
      String method, Search.IDRequest request, StreamObserver<Search.Response> answer) {
    if (request.getId().equals("unknown")) {
      var status = Status.NOT_FOUND.withDescription("no vector 'unknown'");
      answer.onError(status.asRuntimeException());
    } else {
      answer(method, request.getId(), request.getConfig(), answer);
    }
  }

  private void answer(
      String method, String what, Search.Config config, StreamObserver<Search.Response> answer) {
    asked.add(method + " " + what + " " + config.getNum());
    answer.onNext(
        Search.Response.newBuilder()
            .addResults(Distance.newBuilder().setId("tea").setDistance(0.25f))
            .addResults(Distance.newBuilder().setId("beer").setDistance(0.5f))
            .build());
    answer.onCompleted();
  }
}
