package dev.kagami.cli.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.cli.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {

  private static final String GOOD = "{\"id\": \"a\", \"vector\": [0.1, -2]}";

  @TempDir private Path folder;

  @Test
  void line_isIdVectorAndTimestamp() throws IOException {
    var file = write(GOOD + "\n\n{\"timestamp\": 7, \"vector\": [1e-3], \"id\": \"ü\"}");

    try (var vectors = VectorFile.open(file)) {
      var first = vectors.next().orElseThrow();
      var second = vectors.next().orElseThrow();

      assertThat(first.getId()).isEqualTo("a");
      assertThat(first.getVectorList()).containsExactly(0.1f, -2f);
      assertThat(second.getId()).isEqualTo("ü");
      assertThat(second.getVectorList()).containsExactly(0.001f);
      assertThat(second.getTimestamp()).isEqualTo(7);
      assertThat(vectors.next()).isEmpty();
      assertThat(vectors.share()).isEqualTo(1);
    }
  }

  @Test
  void emptyFile_holdsNothing() throws IOException {
    try (var vectors = VectorFile.open(write(""))) {
      assertThat(vectors.next()).isEmpty();
      assertThat(vectors.share()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "{\"id\": \"a\"}",
        "{\"vector\": [1]}",
        "{\"id\": \"a\", \"vector\": [1e400]}",
        "{\"id\": \"a\", \"vector\": [1], \"colour\": \"red\"}"
      })
  void badLine_isNamedByItsNumber(String line) throws IOException {
    try (var vectors = VectorFile.open(write(GOOD + "\n" + line + "\n"))) {
      vectors.next();

      assertThatThrownBy(vectors::next)
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining(", line 2: ");
    }
  }

  @Test
  void bytesThatAreNotUtf8_areRefused() throws IOException {
    var file = folder.resolve("latin1.jsonl");
    Files.write(file, "{\"id\": \"é\", \"vector\": [1]}".getBytes(StandardCharsets.ISO_8859_1));

    try (var vectors = VectorFile.open(file)) {
      assertThatThrownBy(vectors::next)
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("not UTF-8");
    }
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("vectors.jsonl"), text);
  }
}
