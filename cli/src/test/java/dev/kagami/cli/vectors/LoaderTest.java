package dev.kagami.cli.vectors;

import static dev.kagami.cli.vectors.ScriptedUpserts.refused;
import static dev.kagami.cli.vectors.ScriptedUpserts.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.cli.CommandFailure;
import dev.kagami.cli.progress.Progress;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vdaas.vald.api.v1.payload.Object.Vector;

class LoaderTest {

  @TempDir private Path folder;

  @Test
  void allStored_reachTheServerAsTheyAreInTheFile() throws Exception {
    try (var server = new ScriptedUpserts((vector, answers) -> answers.onNext(stored(vector)));
        var file = VectorFile.open(lines(1000))) {

      var tally = new Loader(server.channel()).load(file, Progress.SILENT);

      assertThat(tally).isEqualTo(new Tally(1000, 0, Map.of(), List.of()));
      assertThat(server.received())
          .extracting(Vector::getId)
          .startsWith("w0", "w1")
          .endsWith("w999");
      assertThat(server.received().get(7).getVectorList()).containsExactly(7f, 1f);
    }
  }

  @Test
  void refusalsInBand_areCountedByCodeAndTheRestIsLoaded() throws Exception {
    try (var server =
            new ScriptedUpserts((vector, answers) ->
                answers.onNext(
                    switch (vector.getId()) {
                      case "w1" -> refused(Status.Code.ALREADY_EXISTS, "the same");
                      case "w2" -> refused(Status.Code.INVALID_ARGUMENT, "vector 'w2' is bad");
                      default -> stored(vector);
                    }));
        var file = VectorFile.open(lines(4))) {

      var tally = new Loader(server.channel()).load(file, Progress.SILENT);

      assertThat(tally.stored()).isEqualTo(2);
      assertThat(tally.alreadyThere()).isEqualTo(1);
      assertThat(tally.refused()).containsExactly(Map.entry(Status.Code.INVALID_ARGUMENT, 1L));
      assertThat(tally.reasons()).containsExactly("INVALID_ARGUMENT: vector 'w2' is bad");
      assertThat(tally.answered()).isEqualTo(4);
    }
  }

  @Test
  void unanswered_areBounded() throws Exception {
    var held = new ArrayList<Runnable>();
    try (var server =
            new ScriptedUpserts((vector, answers) -> {
              held.add(() -> answers.onNext(stored(vector)));
              if (held.size() == 256) {
                // All that may be unanswered has come; were more allowed, more would be held.
                held.forEach(Runnable::run);
                held.clear();
              }
            });
        var file = VectorFile.open(lines(512))) {

      var tally = new Loader(server.channel()).load(file, Progress.SILENT);

      assertThat(tally.stored()).isEqualTo(512);
      assertThat(held).isEmpty();
    }
  }

  @Test
  void brokenStream_tellsTheCodeAndHowFarItCame() throws Exception {
    try (var server =
            new ScriptedUpserts((vector, answers) -> {
              if (vector.getId().equals("w3")) {
                answers.onError(
                    Status.UNAVAILABLE.withDescription("going down").asRuntimeException());
              } else if (IntStream.range(0, 3).anyMatch(n -> vector.getId().equals("w" + n))) {
                answers.onNext(stored(vector));
              }
            });
        var file = VectorFile.open(lines(600))) {

      assertThatThrownBy(() -> new Loader(server.channel()).load(file, Progress.SILENT))
          .isInstanceOf(CommandFailure.class)
          .hasMessage("The stream broke after 3 answers: UNAVAILABLE: going down");
    }
  }

  @Test
  void streamEndedWithoutAllAnswers_isAFailure() throws Exception {
    try (var server = new ScriptedUpserts((vector, answers) -> {});
        var file = VectorFile.open(lines(10))) {

      assertThatThrownBy(() -> new Loader(server.channel()).load(file, Progress.SILENT))
          .isInstanceOf(CommandFailure.class)
          .hasMessage("The stream broke after 0 answers: the server ended it");
    }
  }

  @Test
  void silentServer_isGivenUp() throws Exception {
    try (var server = new ScriptedUpserts((vector, answers) -> {});
        var file = VectorFile.open(lines(257))) {
      var loader = new Loader(server.channel(), Duration.ofMillis(50));

      assertThatThrownBy(() -> loader.load(file, Progress.SILENT))
          .isInstanceOf(CommandFailure.class)
          .hasMessageStartingWith("No answer for");
    }
  }

  @Test
  void progress_endsWithAllOfIt() throws Exception {
    var shares = new ArrayList<Double>();
    var counts = new ArrayList<Long>();
    try (var server = new ScriptedUpserts((vector, answers) -> answers.onNext(stored(vector)));
        var file = VectorFile.open(lines(300))) {

      new Loader(server.channel())
          .load(
              file,
              (done, share) -> {
                counts.add(done);
                shares.add(share);
              });

      assertThat(counts).hasSize(300).isSorted().endsWith(300L);
      assertThat(shares).allMatch(share -> share >= 0 && share <= 1).endsWith(1.0);
    }
  }

  private Path lines(int count) throws IOException {
    var text =
        IntStream.range(0, count)
            .mapToObj(n -> "{\"id\": \"w" + n + "\", \"vector\": [" + n + ", 1]}")
            .collect(Collectors.joining("\n"));
    return Files.writeString(folder.resolve("vectors.jsonl"), text);
  }
}
