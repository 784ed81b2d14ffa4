package dev.kagami.core.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A folder of files with a manifest, which names each with its length and its checksum. Who makes a
 * backup fills the folder and then calls {@link #complete}; without the manifest it is none.
 */
public final class Backup {
  /** The manifest: for each file a line of checksum, length and path, apart by spaces. */
  public static final String MANIFEST = "manifest";

  /**
   * Lies in a folder that was restored, until whoever uses it has taken note: what others know of
   * the order of changes there does not hold any more.
   */
  public static final String RESTORED = "restored";

  private static final int BUFFER_BYTES = 1 << 16;

  private record Line(String checksum, long bytes, String path) {
    static Line parse(String text) {
      var parts = text.split(" ", 3);
      if (parts.length != 3 || parts[2].contains("..") || Path.of(parts[2]).isAbsolute()) {
        throw new IllegalArgumentException("the manifest has a bad line: " + text);
      }
      return new Line(parts[0], Long.parseLong(parts[1]), parts[2]);
    }

    String text() {
      return checksum + " " + bytes + " " + path;
    }
  }

  private Backup() {}

  /** Writes the manifest of all files in {@code folder}, durably. */
  public static void complete(Path folder) throws IOException {
    var lines = new ArrayList<String>();
    for (var file : files(folder)) {
      lines.add(line(folder, file).text());
      sync(file, StandardOpenOption.READ);
    }
    var draft = folder.resolve(MANIFEST + ".new");
    Files.write(draft, lines);
    sync(draft, StandardOpenOption.WRITE);
    Files.move(draft, folder.resolve(MANIFEST), StandardCopyOption.ATOMIC_MOVE);
    sync(folder, StandardOpenOption.READ);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static Line line(Path folder, Path file) throws IOException {
    return new Line(checksum(file), Files.size(file), folder.relativize(file).toString());
  }

  private static String checksum(Path file) throws IOException {
    var checksum = new CRC32C();
    var buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(buffer) >= 0) {
        checksum.update(buffer.flip());
        buffer.clear();
      }
    }
    return HexFormat.of().toHexDigits((int) checksum.getValue());
  }

  /**
   * Copies a backup to where an agent may start with it. Nothing is copied unless all of it is
   * sound.
   *
   * @param target is made, or is empty
   * @return how many bytes were copied
   * @throws IllegalArgumentException naming what is wrong with the backup or the target
   */
  public static long restore(Path backup, Path target) throws IOException {
    var lines = manifest(backup);
    for (var line : lines) {
      check(backup, line);
    }
    if (Files.exists(target) && !isEmpty(target)) {
      throw new IllegalArgumentException(target + " is not empty; restore into an empty directory");
    }
    Files.createDirectories(target);
    long bytes = 0;
    for (var line : lines) {
      var copy = target.resolve(line.path());
      Files.createDirectories(copy.getParent());
      Files.copy(backup.resolve(line.path()), copy);
      sync(copy, StandardOpenOption.READ);
      bytes += line.bytes();
    }
    Files.createFile(target.resolve(RESTORED));
    sync(target, StandardOpenOption.READ);
    return bytes;
  }

  private static List<Line> manifest(Path backup) throws IOException {
    var file = backup.resolve(MANIFEST);
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(backup + " has no manifest: it is no complete backup");
    }
    return Files.readAllLines(file).stream().map(Line::parse).toList();
  }

  private static void check(Path backup, Line line) throws IOException {
    var file = backup.resolve(line.path());
    if (!Files.exists(file)) {
      throw new IllegalArgumentException("the backup is damaged: " + file + " is missing");
    }
    if (!line(backup, file).equals(line)) {
      throw new IllegalArgumentException("the backup is damaged: " + file + " has changed");
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var all = Files.list(folder)) {
      return all.findFirst().isEmpty();
    }
  }

  private static void sync(Path path, StandardOpenOption option) throws IOException {
    try (var channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }
}
