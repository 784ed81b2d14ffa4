package dev.kagami.agent.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where graphs lie beside their checkpoints. A graph is a hint: it can be made again from the
 * vectors.
 */
public final class GraphFiles {
  private final Path folder;

  GraphFiles(Path folder) {
    this.folder = folder;
  }

  /** Begins a file; one of the same name is written over. */
  public NumberWriter write(String name) throws IOException {
    Files.createDirectories(folder);
    return new NumberWriter(folder.resolve(name));
  }

  /**
   * Opens a file, which takes its time.
   *
   * @throws IOException naming it, if it is missing or damaged
   */
  public NumberReader read(String name) throws IOException {
    return new NumberReader(folder.resolve(name));
  }

  /** Deletes all files but one. */
  public void keep(Optional<String> name) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (var files = Files.list(folder)) {
      all = files.toList();
    }
    for (var file : all) {
      if (!name.equals(Optional.of(file.getFileName().toString()))) {
        Files.delete(file);
      }
    }
  }
}
