package dev.kagami.mirror.verification;

import dev.kagami.core.digest.RangeDigest;
import java.time.Instant;
import java.util.List;

/**
 * How one comparison with a target stands.
 *
 * @param here of the vectors that the own cluster shows, as they were when each was looked at
 * @param there of the target's
 * @param differences that were found, confirmed unless it is {@link State#RUNNING}
 * @param trouble why it was given up; empty if it was not
 */
public record Verification(
    String target,
    State state,
    Instant began,
    RangeDigest here,
    RangeDigest there,
    List<Difference> differences,
    String trouble) {

  /** How far it has come. */
  public enum State {
    RUNNING,
    /** No difference lasts. */
    EQUAL,
    DIFFERENT,
    /** One of the two could not be read to the end. */
    GIVEN_UP
  }

  public Verification {
    differences = List.copyOf(differences);
  }

  /** How many ids differ, as people read it: not all are told if they are very many. */
  public String count() {
    int found = differences.size();
    return found < Comparison.MOST ? String.valueOf(found) : "at least " + found;
  }

  static Verification begun(String target, Instant now) {
    return new Verification(
        target, State.RUNNING, now, RangeDigest.EMPTY, RangeDigest.EMPTY, List.of(), "");
  }

  Verification compared(RangeDigest ours, RangeDigest theirs, List<Difference> found) {
    return new Verification(target, state, began, ours, theirs, found, "");
  }

  Verification confirmed(List<Difference> lasting) {
    return new Verification(target, state, began, here, there, lasting, "");
  }

  Verification ended() {
    var end = differences.isEmpty() ? State.EQUAL : State.DIFFERENT;
    return new Verification(target, end, began, here, there, differences, "");
  }

  Verification givenUp(String why) {
    return new Verification(target, State.GIVEN_UP, began, here, there, differences, why);
  }
}
