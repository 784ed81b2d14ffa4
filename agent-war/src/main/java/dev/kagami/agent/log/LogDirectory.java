package dev.kagami.agent.log;

import dev.kagami.core.vector.VectorSpace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where an agent's log lies: {@code lock}, held while it is open; {@code space}, what the vectors
 * in it are; {@code identity}, which log it is; and one directory per generation below {@code log}.
 * A start begins a new generation, so nothing is ever written behind a torn end.
 */
final class LogDirectory implements AutoCloseable {
  static final String PREFIX = "kagami";
  static final String EXTENSION = "jnl";

  /** What the library calls a file until it has its full length. */
  private static final String UNFINISHED = "." + EXTENSION + ".tmp";

  private final Path root;
  private final FileChannel lock;

  private LogDirectory(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Takes {@code root}, which is made if it is not there.
   *
   * @throws IllegalStateException if another process has it
   */
  static LogDirectory open(Path root) throws IOException {
    Files.createDirectories(root.resolve("log"));
    var file = root.resolve("lock");
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isLocked(channel)) {
      channel.close();
      throw new IllegalStateException(
          "kagami.agent.data: " + root + " is in use by another agent; each needs its own");
    }
    return new LogDirectory(root, channel);
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException byThisProcess) {
      return false;
    }
  }

  /** Whether a log was begun here before. */
  boolean wasUsed() {
    return Files.exists(spaceFile());
  }

  /**
   * Refuses vectors of another kind than those that lie here.
   *
   * @throws IllegalStateException naming both
   */
  void check(VectorSpace space) throws IOException {
    if (wasUsed()) {
      var stored = Files.readString(spaceFile()).strip();
      if (!stored.equals(space.words())) {
        throw new IllegalStateException(
            "kagami.agent.data: "
                + root
                + " holds vectors of "
                + stored
                + ", but the agent is set to "
                + space.words());
      }
    }
  }

  /** What tells this log from all others; drawn anew, durably, where none was begun before. */
  UUID identity() throws IOException {
    var file = root.resolve("identity");
    if (!wasUsed() || !Files.exists(file)) {
      write(file, UUID.randomUUID().toString());
    }
    return UUID.fromString(Files.readString(file).strip());
  }

  /** Notes durably that a log was begun here, and for what. */
  void markUsed(VectorSpace space) throws IOException {
    if (!wasUsed()) {
      write(spaceFile(), space.words());
    }
  }

  private void write(Path file, String line) throws IOException {
    var draft = root.resolve(file.getFileName() + ".new");
    Files.writeString(draft, line + "\n");
    sync(draft, StandardOpenOption.WRITE);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    sync(root, StandardOpenOption.READ);
  }

  private Path spaceFile() {
    return root.resolve("space");
  }

  /** The generations that are there, oldest first. */
  List<Path> generations() throws IOException {
    return children(root.resolve("log"), Comparator.comparing(Path::getFileName));
  }

  /** The files of a generation, oldest first; one that was still being made holds nothing. */
  static List<Path> files(Path generation) throws IOException {
    return children(generation, Comparator.naturalOrder()).stream()
        .filter(file -> !isUnfinished(file))
        .sorted(Comparator.comparingLong(LogDirectory::number))
        .toList();
  }

  private static boolean isUnfinished(Path file) {
    return file.getFileName().toString().endsWith(UNFINISHED);
  }

  private static List<Path> children(Path parent, Comparator<Path> order) throws IOException {
    try (Stream<Path> children = Files.list(parent)) {
      return children.sorted(order).toList();
    }
  }

  private static long number(Path file) {
    var name = file.getFileName().toString();
    if (!name.matches(PREFIX + "-\\d+\\." + EXTENSION)) {
      throw new IllegalStateException(file + " is no file of a log; what does it do there?");
    }
    return Long.parseLong(name, PREFIX.length() + 1, name.length() - EXTENSION.length() - 1, 10);
  }

  /** The generations from {@code first} on that are there, oldest first. */
  List<Path> generations(long first) throws IOException {
    return generations().stream()
        .filter(generation -> generationNumber(generation) >= first)
        .toList();
  }

  private static long generationNumber(Path generation) {
    return Long.parseLong(generation.getFileName().toString());
  }

  /** The number of the generation that comes after those that are there, {@code least} at least. */
  long nextGeneration(long least) throws IOException {
    var all = generations();
    return all.isEmpty()
        ? Math.max(1, least)
        : Math.max(least, generationNumber(all.getLast()) + 1);
  }

  /** Deletes the generations before {@code first}. */
  void deleteBefore(long first) throws IOException {
    for (var generation : generations()) {
      if (generationNumber(generation) < first) {
        for (var file : children(generation, Comparator.naturalOrder())) {
          Files.delete(file);
        }
        Files.delete(generation);
      }
    }
  }

  /** Makes the empty directory of a generation. */
  Path begin(long generation) throws IOException {
    var made =
        Files.createDirectory(
            root.resolve("log").resolve(String.format(Locale.ROOT, "%010d", generation)));
    sync(made.getParent(), StandardOpenOption.READ);
    return made;
  }

  /** Frees the unused room of older generations' files, which are only read from now on. */
  static void trim(List<LogFile.Extent> files) throws IOException {
    for (var file : files) {
      if (file.used() == 0) {
        Files.delete(file.path());
      } else if (file.used() < file.bytes()) {
        try (var channel = FileChannel.open(file.path(), StandardOpenOption.WRITE)) {
          channel.truncate(file.used());
        }
      }
    }
  }

  /** Deletes older generations without files, and what a crash left half made in the others. */
  void deleteEmpty() throws IOException {
    var all = generations();
    for (var generation : all.subList(0, all.size() - 1)) {
      for (var file : children(generation, Comparator.naturalOrder())) {
        if (isUnfinished(file)) {
          Files.delete(file);
        }
      }
      if (files(generation).isEmpty()) {
        Files.delete(generation);
      }
    }
  }

  private static void sync(Path path, StandardOpenOption option) throws IOException {
    try (var channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
