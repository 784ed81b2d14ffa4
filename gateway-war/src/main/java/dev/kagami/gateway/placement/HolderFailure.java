package dev.kagami.gateway.placement;

import static java.util.stream.Collectors.joining;

import dev.kagami.core.error.ErrorDetail;
import dev.kagami.core.error.ErrorDetail.TargetOutcome;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.AlreadyExists;
import dev.kagami.core.error.ValdException.Internal;
import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.core.fanout.Outcome;
import dev.kagami.core.fanout.Outcomes;
import dev.kagami.core.store.Applied;
import dev.kagami.core.vector.VectorId;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** How it is told that a write failed at a holder: which one, why, and what is left of it. */
final class HolderFailure {
  private HolderFailure() {}

  /** The failure of a write with at least one failed holder; a refusal goes before a silence. */
  static ValdException of(VectorId id, Outcomes<Agent, Applied> outcomes) {
    var worst =
        outcomes.failures().entrySet().stream()
            .min(Comparator.comparing(entry -> isSilence(outcomes.byTarget().get(entry.getKey()))))
            .orElseThrow();
    var error = believable(worst.getValue());
    return error.retold(
        "uuid " + id + ": " + worst.getKey() + ": " + error.getMessage(),
        details(outcomes, _ -> ""));
  }

  /** The same once the write was taken back everywhere but at {@code pending}. */
  static ValdException undone(Replicated.Torn torn, Set<Agent> pending) {
    return torn.answer()
        .retold(
            torn.answer().getMessage() + "; " + undoText(pending),
            details(
                torn.outcomes(), agent -> pending.contains(agent) ? ", undo pending" : ", undone"));
  }

  /** Whether an undo is done, as a half-sentence. */
  static String undoText(Set<Agent> pending) {
    return pending.isEmpty()
        ? "the write is undone"
        : "its undo is pending at "
            + pending.stream().map(Agent::name).sorted().collect(joining(","));
  }

  private static List<ErrorDetail> details(
      Outcomes<Agent, Applied> outcomes, Function<Agent, String> fate) {
    return outcomes.byTarget().entrySet().stream()
        .<ErrorDetail>map(entry ->
            new TargetOutcome(
                entry.getKey().name(), text(entry.getValue()) + fate.apply(entry.getKey())))
        .toList();
  }

  private static String text(Outcome<Applied> outcome) {
    return switch (outcome) {
      case Outcome.Answered<Applied> _ -> "stored";
      case Outcome.Rejected<Applied>(var error) -> error.code() + ": " + error.getMessage();
      case Outcome.Unknown<Applied>(var error) -> error.code() + ": " + error.getMessage();
    };
  }

  private static boolean isSilence(Outcome<Applied> outcome) {
    return outcome instanceof Outcome.Unknown;
  }

  /**
   * Who was told to store whatever is there cannot answer that the id exists or does not. Passed
   * on, a mirror would take it for the judgement of this site.
   */
  private static ValdException believable(ValdException error) {
    return error instanceof AlreadyExists || error instanceof NotFound
        ? new Internal("it judged an unconditional write: " + error.getMessage(), error)
        : error;
  }
}
