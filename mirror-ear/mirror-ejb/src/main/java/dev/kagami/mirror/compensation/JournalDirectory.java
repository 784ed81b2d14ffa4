package dev.kagami.mirror.compensation;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where a journal lies: {@code lock}, held while it is open, and one directory per generation.
 * Nothing is ever written behind what a crash left: each start begins a new generation.
 */
final class JournalDirectory implements AutoCloseable {
  static final String PREFIX = "kagami";
  static final String EXTENSION = "jnl";

  /** What the library calls a file until it has its full length. */
  private static final String UNFINISHED = "." + EXTENSION + ".tmp";

  private final Path root;
  private final FileChannel lock;

  private JournalDirectory(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Takes {@code root}, which is made if it is not there.
   *
   * @throws IllegalStateException if another process has it
   */
  static JournalDirectory open(Path root) throws IOException {
    Files.createDirectories(root);
    var channel =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isLocked(channel)) {
      channel.close();
      throw new IllegalStateException(
          "kagami.mirror.data: " + root + " is in use by another mirror; each needs its own");
    }
    return new JournalDirectory(root, channel);
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException byThisProcess) {
      return false;
    }
  }

  /** The generations that are there, oldest first. */
  List<Long> generations() throws IOException {
    try (Stream<Path> children = Files.list(root)) {
      return children
          .map(child -> child.getFileName().toString())
          .filter(name -> name.matches("\\d+"))
          .map(Long::valueOf)
          .sorted()
          .toList();
    }
  }

  Path path(long generation) {
    return root.resolve(String.format(Locale.ROOT, "%010d", generation));
  }

  /** The files of a generation, oldest first; one that was still being made holds nothing. */
  List<Path> files(long generation) throws IOException {
    try (Stream<Path> children = Files.list(path(generation))) {
      return children
          .filter(file -> !file.getFileName().toString().endsWith(UNFINISHED))
          .sorted(Comparator.comparingLong(JournalDirectory::number))
          .toList();
    }
  }

  private static long number(Path file) {
    var name = file.getFileName().toString();
    if (!name.matches(PREFIX + "-\\d+\\." + EXTENSION)) {
      throw new IllegalStateException(file + " is no file of a journal; what does it do there?");
    }
    return Long.parseLong(name, PREFIX.length() + 1, name.length() - EXTENSION.length() - 1, 10);
  }

  /** Makes the empty directory of a generation, so that it outlives a crash. */
  Path begin(long generation) throws IOException {
    var made = Files.createDirectory(path(generation));
    try (var channel = FileChannel.open(root, StandardOpenOption.READ)) {
      channel.force(true);
    }
    return made;
  }

  void delete(long generation) throws IOException {
    try (Stream<Path> children = Files.list(path(generation))) {
      for (var file : children.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(path(generation));
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
