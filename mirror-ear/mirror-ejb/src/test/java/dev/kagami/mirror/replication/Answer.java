package dev.kagami.mirror.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ErrorDetail;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.store.Applied;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** What a client was told. */
record Answer(Optional<ValdException> error) {

  static CompletionStage<Answer> of(CompletionStage<Applied> stage) {
    return stage.handle(
        (_, failure) -> new Answer(Optional.ofNullable(failure).map(Answer::known)));
  }

  private static ValdException known(Throwable failure) {
    var cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    return (ValdException) cause;
  }

  boolean isOk() {
    return error.isEmpty();
  }

  ValdException refusal(ValdException.Code code) {
    assertThat(error).as("an error is expected").isPresent();
    assertThat(error.get().code()).as(error.get().getMessage()).isEqualTo(code);
    return error.get();
  }

  /** What the client may read of each site. */
  Map<String, String> bySite() {
    var told = new LinkedHashMap<String, String>();
    for (var detail : error.orElseThrow().details()) {
      if (detail instanceof ErrorDetail.TargetOutcome(var target, var outcome)) {
        told.put(target, outcome);
      }
    }
    return told;
  }
}
