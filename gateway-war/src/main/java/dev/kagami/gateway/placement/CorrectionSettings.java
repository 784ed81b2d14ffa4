package dev.kagami.gateway.placement;

import dev.kagami.transport.setting.Setting;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * How the copies are kept even.
 *
 * @param interval a round at least so often, whether a reason is known or not
 * @param lostAfter an agent that is away for so long counts as lost: others get copies of what it
 *     held
 * @param rate most copies a second
 * @param concurrency copies under way at a time
 */
public record CorrectionSettings(Duration interval, Duration lostAfter, int rate, int concurrency) {

  private static final String PREFIX = "kagami.gateway.correction.";
  private static final int WEEK_SECONDS = 604_800;

  /** Of a gateway that is not told otherwise. */
  public static final CorrectionSettings USUAL = read(_ -> Optional.empty());

  /**
   * Reads {@code kagami.gateway.correction.…}; all of it may be absent.
   *
   * @throws IllegalArgumentException naming the first bad key, its value and what is allowed
   */
  public static CorrectionSettings read(Function<String, Optional<String>> source) {
    return new CorrectionSettings(
        Duration.ofSeconds(number("interval.seconds", WEEK_SECONDS, 3_600, source)),
        Duration.ofSeconds(number("lost.seconds", WEEK_SECONDS, 300, source)),
        number("rate", 1_000_000, 5_000, source),
        number("concurrency", 1_000, 32, source));
  }

  private static int number(
      String name, int most, int usual, Function<String, Optional<String>> source) {
    return Setting.optional(PREFIX + name, source)
        .map(setting -> setting.number(1, most))
        .orElse(usual);
  }
}
