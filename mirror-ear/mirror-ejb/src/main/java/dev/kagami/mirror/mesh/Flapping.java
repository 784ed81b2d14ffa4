package dev.kagami.mirror.mesh;

import java.time.Duration;
import java.time.Instant;

/**
 * How often in a row a target was lost soon after it had been connected, and until when it is
 * therefore left alone: each further time for twice as long. Immutable.
 *
 * @param times in a row
 * @param connected since when it was connected last; meaningless while it never was
 * @param until when it may come back
 */
record Flapping(int times, Instant connected, Instant until) {
  static final Flapping NEVER = new Flapping(0, Instant.EPOCH, Instant.EPOCH);
  static final Duration SOON = Duration.ofSeconds(30);

  /** Of a target that is connected from now on. */
  Flapping connectedAt(Instant now) {
    return new Flapping(times, now, until);
  }

  /**
   * Of a target that was connected until now.
   *
   * @param longest that it is left alone
   */
  Flapping lostAt(Instant now, Duration longest) {
    boolean soon = Duration.between(connected, now).compareTo(SOON) < 0;
    int inARow = soon ? times + 1 : 0;
    return new Flapping(inARow, connected, now.plus(waitAfter(inARow, longest)));
  }

  /** The first loss is taken for an accident. */
  private static Duration waitAfter(int inARow, Duration longest) {
    var wait = inARow < 2 ? Duration.ZERO : Duration.ofSeconds(1);
    for (int i = 2; i < inARow && wait.compareTo(longest) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(longest) < 0 ? wait : longest;
  }

  /** Whether it may come back; a clock that was set back does not keep it away for longer. */
  boolean isOver(Instant now, Duration longest) {
    return !now.isBefore(until) || now.isBefore(until.minus(longest));
  }
}
