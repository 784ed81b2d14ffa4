package dev.kagami.cli.liberty;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a server wrote since its last start. */
public record ServerLog(Path file) {

  /**
   * An error, by Liberty's level and the number of the message, as {@code E CWWKZ0002E:}; or an
   * application that was not started, which Liberty only mentions.
   */
  private static final Pattern ERROR = Pattern.compile(" (E [A-Z]{4,5}\\d{4}E|[AI] CWWKZ0012I):");

  /** Not started at all, or without the beans and servlets of one of its modules. */
  private static final Pattern FAILED_APPLICATION =
      Pattern.compile(" (E CWWKZ0002E|E SRVE0283E|[AI] CWWKZ0012I):");

  /** A health check is down, or waits for an application. */
  private static final Pattern NOT_READY = Pattern.compile(" W CWMMH005[23]W:");

  private static final Pattern MESSAGE = Pattern.compile("^.*? ([A-Z]{4,5}\\d{4}[EWI]:)");
  private static final int ERRORS_SHOWN = 8;

  /** The last {@code count} lines, oldest first; none if there is no log yet. */
  public List<String> last(int count) throws IOException {
    var lines = lines();
    return lines.subList(Math.max(0, lines.size() - count), lines.size());
  }

  /** What was written behind {@code position}, a number of bytes; all if the log was begun anew. */
  public byte[] since(long position) throws IOException {
    if (!Files.exists(file)) {
      return new byte[0];
    }
    try (var channel = Files.newByteChannel(file)) {
      channel.position(channel.size() < position ? 0 : position);
      return Channels.newInputStream(channel).readAllBytes();
    }
  }

  /** Its length in bytes. */
  public long size() throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /**
   * What Liberty says is wrong, without time and thread: at most eight different errors, then why
   * it was not ready when it was last asked.
   */
  List<String> faults() throws IOException {
    var errors = matching(ERROR).distinct().limit(ERRORS_SHOWN);
    var notReady = matching(NOT_READY).reduce((_, later) -> later).stream();
    return Stream.concat(errors, notReady).toList();
  }

  private Stream<String> matching(Pattern pattern) throws IOException {
    return lines().stream()
        .filter(line -> pattern.matcher(line).find())
        .map(line -> MESSAGE.matcher(line).replaceFirst("$1"));
  }

  /** Whether an application will not start, however long one waits. */
  boolean tellsOfFailedApplication() throws IOException {
    return lines().stream().anyMatch(line -> FAILED_APPLICATION.matcher(line).find());
  }

  private List<String> lines() throws IOException {
    // Not readAllLines: a log is read while it is written, and may end within a character.
    return Files.exists(file)
        ? new String(Files.readAllBytes(file), UTF_8).lines().toList()
        : List.of();
  }
}
