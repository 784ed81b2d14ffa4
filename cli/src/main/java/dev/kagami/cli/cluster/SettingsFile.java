package dev.kagami.cli.cluster;

import dev.kagami.cli.CommandFailure;
import dev.kagami.cli.WrongOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Collectors;

/** The settings in a data directory, a line {@code option=value} each. */
record SettingsFile(Path file) {

  static SettingsFile in(Path data) {
    return new SettingsFile(data.resolve("cluster.properties"));
  }

  Optional<ClusterSettings> load() {
    try (var lines = Files.lines(file)) {
      var options =
          lines
              .filter(line -> !line.isBlank())
              .map(line -> line.split("=", 2))
              .collect(Collectors.toMap(line -> line[0], line -> line.length > 1 ? line[1] : ""));
      return Optional.of(ClusterSettings.fromOptions(options));
    } catch (NoSuchFileException nothingStartedHere) {
      return Optional.empty();
    } catch (IOException e) {
      throw new CommandFailure("Cannot read " + file + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException | IllegalStateException | WrongOption e) {
      throw new CommandFailure(file + " is damaged: " + e.getMessage(), e);
    }
  }

  /** Whole or not at all. */
  void store(ClusterSettings settings) throws IOException {
    var lines =
        settings.toOptions().entrySet().stream().map(Object::toString).collect(Collectors.toList());
    var next = file.resolveSibling(file.getFileName() + ".next");
    Files.write(next, lines);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
