package dev.kagami.core.fanout;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.AlreadyExists;
import dev.kagami.core.error.ValdException.Internal;
import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.Head;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.vector.Timestamp;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the outcomes of a mirrored write mean. A pure function: the whole outcome table is here and
 * in its test.
 *
 * <p>Shorthand: OK stored as newest; NEWER a newer version is there; SAME already exists; MISSING
 * not found; FAILED any other code, or no answer. An answer that a mutation cannot get (an Insert
 * told MISSING, an unconditional write told SAME) is a fault of that target: FAILED, and INTERNAL.
 */
public final class OutcomePolicy {
  private OutcomePolicy() {}

  /** Whether a write that met a newer version may be run again. */
  public enum Attempt {
    FIRST,
    LAST
  }

  private enum Answer {
    OK,
    NEWER,
    SAME,
    MISSING,
    FAILED
  }

  /**
   * Judges a write.
   *
   * @param mutation the write as it was sent last: after levelling forward, its unconditional form,
   *     which nothing that is stored can refuse
   * @param outcomes of all targets; after levelling forward, the later outcome of those levelled
   * @param required which targets must apply it; the others neither delay nor fail it
   * @throws IllegalArgumentException if none is required
   */
  public static <T> Decision<T> decide(
      Mutation mutation,
      Attempt attempt,
      Outcomes<T, Applied> outcomes,
      Predicate<? super T> required) {
    var answers = new EnumMap<Answer, Set<T>>(Answer.class);
    outcomes
        .byTarget()
        .forEach((target, outcome) -> {
          if (required.test(target)) {
            answers
                .computeIfAbsent(classify(mutation, outcome), _ -> new LinkedHashSet<>())
                .add(target);
          }
        });
    if (answers.isEmpty()) {
      throw new IllegalArgumentException("no target is required; the own cluster always is");
    }
    if (answers.containsKey(Answer.FAILED)) {
      return new Decision.RollBack<>(worst(outcomes, answers.get(Answer.FAILED)));
    }
    if (answers.containsKey(Answer.NEWER)) {
      if (!mutation.time().isOfClient() && attempt == Attempt.FIRST) {
        return new Decision.RunAgain<>(newest(outcomes, answers.get(Answer.NEWER)));
      }
      if (mutation.time().isOfClient() && answers.size() == 1) {
        return new Decision.RollBack<>(
            new AlreadyExists("uuid " + mutation.id() + ": a newer version exists"));
      }
    }
    return judgeExistence(mutation, answers);
  }

  /** NEWER counts as OK from here on. */
  private static <T> Decision<T> judgeExistence(Mutation mutation, Map<Answer, Set<T>> answers) {
    var kinds = EnumSet.copyOf(answers.keySet());
    if (kinds.equals(EnumSet.of(Answer.SAME))) {
      return new Decision.Refused<>(
          new AlreadyExists("uuid " + mutation.id() + ": the same data already exists"));
    }
    if (kinds.equals(EnumSet.of(Answer.MISSING))) {
      return new Decision.Refused<>(new NotFound("uuid " + mutation.id() + " not found"));
    }
    var behind = new LinkedHashSet<T>(answers.getOrDefault(Answer.SAME, Set.of()));
    behind.addAll(answers.getOrDefault(Answer.MISSING, Set.of()));
    return behind.isEmpty() ? new Decision.Done<>() : new Decision.LevelForward<>(behind);
  }

  private static Answer classify(Mutation mutation, Outcome<Applied> outcome) {
    return switch (outcome) {
      case Outcome.Answered<Applied>(var applied) -> applied.isNewest() ? Answer.OK : Answer.NEWER;
      case Outcome.Rejected<Applied>(AlreadyExists _) when canMeetData(mutation) -> Answer.SAME;
      case Outcome.Rejected<Applied>(NotFound _) when canMissData(mutation) -> Answer.MISSING;
      case Outcome.Rejected<Applied> _ -> Answer.FAILED;
      case Outcome.Unknown<Applied> _ -> Answer.FAILED;
    };
  }

  private static boolean isChecked(Mutation mutation) {
    return !mutation.condition().isUnconditional();
  }

  private static boolean canMeetData(Mutation mutation) {
    return isChecked(mutation)
        && switch (mutation) {
          case Mutation.Insert _, Mutation.Update _, Mutation.Upsert _ -> true;
          case Mutation.Remove _ -> false;
        };
  }

  private static boolean canMissData(Mutation mutation) {
    return isChecked(mutation)
        && switch (mutation) {
          case Mutation.Update _, Mutation.Remove _ -> true;
          case Mutation.Insert _, Mutation.Upsert _ -> false;
        };
  }

  /** A rejection rather than a silence, told with the name of its target. */
  private static <T> ValdException worst(
      Outcomes<T, Applied> outcomes, Collection<T> failedTargets) {
    ValdException silence = null;
    for (var target : failedTargets) {
      switch (outcomes.byTarget().get(target)) {
        case Outcome.Rejected<Applied>(var error) -> {
          return told(target, possible(error));
        }
        case Outcome.Unknown<Applied>(var error) -> {
          if (silence == null) {
            silence = told(target, error);
          }
        }
        case Outcome.Answered<Applied> _ -> throw new IllegalStateException("no failure");
      }
    }
    return silence;
  }

  /** What says something of the data cannot be an answer here, or it would not count as failed. */
  private static ValdException possible(ValdException error) {
    return switch (error.code()) {
      case ALREADY_EXISTS, NOT_FOUND ->
          new Internal(
              "answered " + error.code() + ", which this write cannot get: " + error.getMessage(),
              error);
      case CANCELLED,
          INVALID_ARGUMENT,
          DEADLINE_EXCEEDED,
          PERMISSION_DENIED,
          RESOURCE_EXHAUSTED,
          FAILED_PRECONDITION,
          ABORTED,
          UNIMPLEMENTED,
          INTERNAL,
          UNAVAILABLE ->
          error;
    };
  }

  private static <T> ValdException told(T target, ValdException error) {
    return error.retold(target + ": " + error.getMessage(), error.details());
  }

  private static <T> Timestamp newest(Outcomes<T, Applied> outcomes, Set<T> targets) {
    return targets.stream()
        .map(outcomes.byTarget()::get)
        .filter(Outcome.Answered.class::isInstance)
        .flatMap(outcome -> ((Outcome.Answered<Applied>) outcome).value().previous().stream())
        .map(Head::timestamp)
        .max(Timestamp::compareTo)
        .orElse(new Timestamp(0));
  }
}
