package dev.kagami.transport.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Metadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeshSecretTest {
  @TempDir private Path directory;

  @Test
  void lineEndOfFile_isNotPartOfTheSecret() throws IOException {
    var file = Files.writeString(directory.resolve("mesh.secret"), "0123456789abcdef\n");
    var headers = new Metadata();
    headers.put(
        Metadata.Key.of("kagami-mesh", Metadata.ASCII_STRING_MARSHALLER), "0123456789abcdef");

    assertThat(MeshSecret.read(file).matches(headers)).isTrue();
    assertThat(MeshSecret.of("0123456789abcdee").matches(headers)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "with blanks inside it", "with-\u00fcmlaut-in-it"})
  void textThatIsNoSecret_isRefusedNamingTheFileAndNotTheText(String text) throws IOException {
    var file = Files.writeString(directory.resolve("mesh.secret"), text);

    assertThatThrownBy(() -> MeshSecret.read(file))
        .isInstanceOfAny(IllegalArgumentException.class, UncheckedIOException.class)
        .hasMessageContaining("mesh.secret")
        .satisfies(refusal -> {
          if (!text.isEmpty()) {
            assertThat(refusal.getMessage()).doesNotContain(text);
          }
        });
  }

  @Test
  void missingFile_isNamed() {
    assertThatThrownBy(() -> MeshSecret.read(directory.resolve("nowhere")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void secret_doesNotShowInItsText() {
    assertThat(MeshSecret.of("0123456789abcdef").toString()).doesNotContain("0123456789abcdef");
  }
}
