package dev.kagami.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

  @TempDir private Path folder;

  @Test
  void relativePath_becomesAbsolute() {
    assertThat(new DataDirectory(Path.of("x", "..", "y")).path())
        .isEqualTo(Path.of("y").toAbsolutePath());
  }

  @Test
  void pathThatLibertyWouldMisread_isRefused() {
    assertThatThrownBy(() -> new DataDirectory(folder.resolve("${home}")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("'$'");
  }

  @Test
  void fileInPlaceOfTheDirectory_isSaidToBeUnwritable() throws IOException {
    var file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> new DataDirectory(file.resolve("data")).lock())
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("Cannot write")
        .hasMessageContaining(file.toString())
        .hasMessageContaining("--data");
  }

  @Test
  void secondCommand_isRefusedUntilTheFirstIsDone() {
    var data = new DataDirectory(folder);

    try (var _ = data.lock()) {
      assertThatThrownBy(data::lock)
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("starting or stopping");
    }
    try (var again = data.lock()) {
      assertThat(again.channel().isOpen()).isTrue();
    }
  }

  @Test
  void unusedDirectory_hasNoCluster() {
    assertThatThrownBy(() -> new DataDirectory(folder).settings())
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("There is no cluster");
  }

  @Test
  void preparing_storesSettingsAndMakesTheFoldersOfTheSites() {
    var settings = Settings.with(2, 1, 20000);

    new DataDirectory(folder).prepare(settings);

    assertThat(new DataDirectory(folder).settings()).isEqualTo(settings);
    assertThat(folder.resolve("A")).isDirectory();
    assertThat(folder.resolve("B")).isDirectory();
  }

  @Test
  void secret_isMadeOnceForItsOwnerOnly() throws IOException {
    var data = new DataDirectory(folder);
    var secret = folder.resolve("mesh.secret");

    data.prepare(Settings.with(1, 1, 20000));
    var first = Files.readString(secret);
    data.prepare(Settings.with(1, 1, 20000));

    assertThat(first).matches("[0-9a-f]{64}");
    assertThat(Files.readString(secret)).isEqualTo(first);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("rw-------");
  }

  @Test
  void twoClusters_haveDifferentSecrets() throws IOException {
    for (var name : List.of("one", "two")) {
      new DataDirectory(Files.createDirectory(folder.resolve(name)))
          .prepare(Settings.with(1, 1, 20000));
    }

    assertThat(Files.readString(folder.resolve("one/mesh.secret")))
        .isNotEqualTo(Files.readString(folder.resolve("two/mesh.secret")));
  }
}
