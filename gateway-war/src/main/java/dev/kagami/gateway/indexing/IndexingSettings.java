package dev.kagami.gateway.indexing;

import dev.kagami.transport.client.Address;
import dev.kagami.transport.setting.Setting;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * When indexes are built and saved; the usual values are those of Vald's chart.
 *
 * @param own whether our own agents are told too
 * @param others agents of Vald's
 * @param length an agent with so many uncommitted vectors is told at the next check
 * @param check between two looks at that
 * @param limit an agent with any uncommitted vector is told so often
 * @param save an agent that has built its index since is told to save so often
 * @param saveLimit every agent is told to save so often
 * @param concurrency agents that build or save at a time, so that others answer searches
 * @param poolSize for CreateIndex
 */
public record IndexingSettings(
    boolean own,
    List<Address> others,
    int length,
    Duration check,
    Duration limit,
    Duration save,
    Duration saveLimit,
    int concurrency,
    int poolSize) {
  private static final String PREFIX = "kagami.gateway.indexing.";
  private static final int WEEK_SECONDS = 604_800;

  public IndexingSettings {
    others = List.copyOf(others);
  }

  /** Nobody is told. */
  public static IndexingSettings off() {
    return read(_ -> Optional.empty());
  }

  /**
   * Reads {@code kagami.gateway.indexing.…}; all of it may be absent, and then nobody is told.
   *
   * @throws IllegalArgumentException naming the first bad key, its value and what is allowed
   */
  public static IndexingSettings read(Function<String, Optional<String>> source) {
    var range = "host:port,host:port,...";
    return new IndexingSettings(
        Setting.optional(PREFIX + "own", source).map(Setting::truth).orElse(false),
        Setting.optional(PREFIX + "addresses", source)
            .map(setting -> setting.as(range, IndexingSettings::addresses))
            .orElse(List.of()),
        number("length", 1, Integer.MAX_VALUE, 100, source),
        seconds("check.seconds", 60, source),
        seconds("limit.seconds", 1_800, source),
        seconds("save.seconds", 600, source),
        seconds("save.limit.seconds", 10_800, source),
        number("concurrency", 1, 1_000, 1, source),
        number("pool.size", 1, Integer.MAX_VALUE, 16, source));
  }

  /** Whether anybody is told. */
  boolean isOn() {
    return own || !others.isEmpty();
  }

  private static int number(
      String name, int least, int most, int usual, Function<String, Optional<String>> source) {
    return Setting.optional(PREFIX + name, source)
        .map(setting -> setting.number(least, most))
        .orElse(usual);
  }

  private static Duration seconds(
      String name, int usual, Function<String, Optional<String>> source) {
    return Duration.ofSeconds(number(name, 1, WEEK_SECONDS, usual, source));
  }

  private static List<Address> addresses(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).map(Address::parse).toList();
  }
}
