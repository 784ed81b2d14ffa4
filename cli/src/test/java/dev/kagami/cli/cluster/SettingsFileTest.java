package dev.kagami.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {

  @TempDir private Path data;

  @Test
  void emptyDirectory_hasNoSettings() {
    assertThat(SettingsFile.in(data).load()).isEmpty();
  }

  @Test
  void storedSettings_areLoadedAgain() throws IOException {
    var settings = Settings.inProcesses(3, 2, 20000);

    SettingsFile.in(data).store(Settings.with(1, 1, 30000));
    SettingsFile.in(data).store(settings);

    assertThat(SettingsFile.in(data).load()).contains(settings);
    assertThat(data).isDirectoryNotContaining("glob:**.next");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sites=2", "sites", "sites=two"})
  void damagedFile_isNamed(String content) throws IOException {
    var file = data.resolve("cluster.properties");
    Files.writeString(file, content);

    assertThatThrownBy(() -> SettingsFile.in(data).load())
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("damaged");
  }
}
