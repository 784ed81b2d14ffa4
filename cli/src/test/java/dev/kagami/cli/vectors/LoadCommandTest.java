package dev.kagami.cli.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vdaas.vald.api.v1.payload.Object.Vector;

class LoadCommandTest {

  @TempDir private Path folder;
  private String one;
  private String two;

  @BeforeEach
  void writeFiles() throws Exception {
    one = lines("one.jsonl", "{\"id\": \"a\", \"vector\": [1, 2]}");
    two =
        lines(
            "two.jsonl",
            "{\"id\": \"b\", \"vector\": [1, 2]}\n{\"id\": \"c\", \"vector\": [3, 4]}");
  }

  @Test
  void severalFiles_areLoadedInOrder() throws Exception {
    var upserts = ScriptedUpserts.storingAll();
    try (var site = new ScriptedSite(upserts)) {

      var run = CommandRun.of(site.describeIn(folder), "load", one, two);

      assertThat(run.exitCode()).isZero();
      assertThat(upserts.received()).extracting(Vector::getId).containsExactly("a", "b", "c");
      assertThat(run.out())
          .contains("one.jsonl: 1 vectors in ")
          .contains("two.jsonl: 2 vectors in ")
          .contains("  stored 2, already there 0, refused 0\n");
    }
  }

  @Test
  void alreadyThere_isNoFailure() throws Exception {
    var upserts = answering(Status.Code.ALREADY_EXISTS, "the same vector");
    try (var site = new ScriptedSite(upserts)) {

      var run = CommandRun.of(site.describeIn(folder), "load", two);

      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).contains("stored 0, already there 2, refused 0\n");
    }
  }

  @Test
  void refusedVector_isToldAndFailsTheCommand() throws Exception {
    var upserts = answering(Status.Code.INVALID_ARGUMENT, "bad");
    try (var site = new ScriptedSite(upserts)) {

      var run = CommandRun.of(site.describeIn(folder), "load", two);

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out())
          .contains("refused 2 {INVALID_ARGUMENT=2}\n")
          .contains("  INVALID_ARGUMENT: bad\n");
    }
  }

  @Test
  void missingFile_isToldByName() throws Exception {
    try (var site = new ScriptedSite(ScriptedUpserts.storingAll())) {

      var run = CommandRun.of(site.describeIn(folder), "load", "nowhere.jsonl");

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).isEqualTo("There is no file nowhere.jsonl.\n");
    }
  }

  @Test
  void nothingListens_isUnavailable() throws Exception {
    var site = new ScriptedSite(ScriptedUpserts.storingAll());
    var data = site.describeIn(folder);
    site.close();

    var run = CommandRun.of(data, "load", one);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("The stream broke after 0 answers: UNAVAILABLE: ");
  }

  @Test
  void unknownSite_listsThoseThereAre() throws Exception {
    var run = CommandRun.of(ScriptedSite.describe(folder, 20_000), "load", one, "--site", "X");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("There is no site X; there are A, B.\n");
  }

  @Test
  void noCluster_saysWhatMakesOne() {
    var run = CommandRun.of(folder, "load", one);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("./kagami up");
  }

  private static ScriptedUpserts answering(Status.Code code, String message) {
    return new ScriptedUpserts(
        (_, answers) -> answers.onNext(ScriptedUpserts.refused(code, message)));
  }

  private String lines(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
