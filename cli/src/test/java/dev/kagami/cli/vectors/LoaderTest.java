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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vdaas.vald.api.v1.payload.Object.Vector;

class LoaderTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void allStored_reachTheServerAsTheyAreInTheFile() throws Exception {
    var upserts = ScriptedUpserts.storingAll();

    var tally = load(upserts, 1000, PATIENCE, Progress.SILENT);

    assertThat(tally).isEqualTo(new Tally(1000, 0, Map.of(), List.of()));
    assertThat(upserts.received())
        .extracting(Vector::getId)
        .startsWith("w0", "w1")
        .endsWith("w999");
    assertThat(upserts.received().get(7).getVectorList()).containsExactly(7f, 1f);
  }

  @Test
  void refusalsInBand_areCountedByCodeAndTheRestIsLoaded() throws Exception {
    var upserts =
        new ScriptedUpserts((vector, answers) ->
            answers.onNext(
                switch (vector.getId()) {
                  case "w1" -> refused(Status.Code.ALREADY_EXISTS, "the same");
                  case "w2" -> refused(Status.Code.INVALID_ARGUMENT, "vector 'w2' is bad");
                  default -> stored(vector);
                }));

    var tally = load(upserts, 4, PATIENCE, Progress.SILENT);

    assertThat(tally.stored()).isEqualTo(2);
    assertThat(tally.alreadyThere()).isEqualTo(1);
    assertThat(tally.refused()).containsExactly(Map.entry(Status.Code.INVALID_ARGUMENT, 1L));
    assertThat(tally.reasons()).containsExactly("INVALID_ARGUMENT: vector 'w2' is bad");
    assertThat(tally.answered()).isEqualTo(4);
  }

  @Test
  void unanswered_mayBe256() throws Exception {
    var held = new ArrayList<Runnable>();
    var most = new ArrayList<Integer>();
    var upserts =
        new ScriptedUpserts((vector, answers) -> {
          held.add(() -> answers.onNext(stored(vector)));
          if (held.size() == 256) {
            // Were more allowed, the loader would not wait for these.
            most.add(held.size());
            held.forEach(Runnable::run);
            held.clear();
          }
        });

    var tally = load(upserts, 512, PATIENCE, Progress.SILENT);

    assertThat(tally.stored()).isEqualTo(512);
    assertThat(most).containsExactly(256, 256);
  }

  @Test
  void brokenStream_tellsTheCodeAndHowFarItCame() {
    var upserts =
        new ScriptedUpserts((vector, answers) -> {
          if (Set.of("w0", "w1", "w2").contains(vector.getId())) {
            answers.onNext(stored(vector));
          } else if (vector.getId().equals("w3")) {
            var status = Status.UNAVAILABLE.withDescription("going down");
            answers.onError(status.asRuntimeException());
          }
        });

    assertThatThrownBy(() -> load(upserts, 600, PATIENCE, Progress.SILENT))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("The stream broke after 3 answers: UNAVAILABLE: going down");
  }

  @Test
  void streamEndedWithoutAllAnswers_isAFailure() {
    var upserts = new ScriptedUpserts((vector, answers) -> {});

    assertThatThrownBy(() -> load(upserts, 10, PATIENCE, Progress.SILENT))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("The stream broke after 0 answers: the server ended it");
  }

  @Test
  void silentServer_isGivenUp() {
    var upserts = new ScriptedUpserts((vector, answers) -> {});

    assertThatThrownBy(() -> load(upserts, 600, Duration.ofMillis(50), Progress.SILENT))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("No answer for");
    assertThat(upserts.received()).hasSizeLessThanOrEqualTo(256);
  }

  @Test
  void progress_endsWithAllOfIt() throws Exception {
    var shares = new ArrayList<Double>();
    var counts = new ArrayList<Long>();

    load(
        ScriptedUpserts.storingAll(),
        300,
        PATIENCE,
        (done, share) -> {
          counts.add(done);
          shares.add(share);
        });

    assertThat(counts).hasSize(300).isSorted().endsWith(300L);
    assertThat(shares).allMatch(share -> share >= 0 && share <= 1).endsWith(1.0);
  }

  private Tally load(ScriptedUpserts upserts, int count, Duration patience, Progress progress)
      throws IOException, InterruptedException {
    var text =
        IntStream.range(0, count)
            .mapToObj(n -> "{\"id\": \"w" + n + "\", \"vector\": [" + n + ", 1]}")
            .collect(Collectors.joining("\n"));
    var lines = Files.writeString(folder.resolve("vectors.jsonl"), text);
    try (var site = new ScriptedSite(upserts);
        var file = VectorFile.open(lines)) {
      return new Loader(site.connection().channel(), patience).load(file, progress);
    }
  }
}
