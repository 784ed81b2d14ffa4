package dev.kagami.mirror.simulation;

import java.util.Map;
import java.util.Optional;

/**
 * What came of a run.
 *
 * @param law the first that was broken, and how; none if all is well
 * @param trace the same wherever the run takes place, see {@link Trace}
 * @param endings how many writes ended how: OK, UNKNOWN, or the code of the answer
 * @param mostMissed in how many ids a site was behind that was behind most when it was heard again
 */
record Result(Optional<String> law, long trace, Map<String, Long> endings, int mostMissed) {

  boolean isBroken() {
    return law.isPresent();
  }

  @Override
  public String toString() {
    return "%s (trace %016x)".formatted(law.orElse("every law holds"), trace);
  }
}
