package dev.kagami.mirror.replication;

import dev.kagami.core.error.ErrorDetail;
import dev.kagami.core.error.ErrorDetail.TargetOutcome;
import dev.kagami.core.error.StageFailure;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.error.ValdException.Internal;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.fanout.Outcome;
import dev.kagami.core.fanout.Outcomes;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.Head;
import dev.kagami.mirror.compensation.JournalEntry;
import dev.kagami.mirror.mesh.Mesh;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** What a client is told of a write that did not succeed: of every site, what happened there. */
final class Report {
  private Report() {}

  /**
   * Too few can be asked; so nobody was.
   *
   * @param least how many sites have to take the write, the own one among them
   */
  static ValdException notConnected(List<Mesh.Member> targets, int least) {
    var details = new ArrayList<ErrorDetail>();
    for (var target : targets) {
      details.add(new TargetOutcome(target.name(), target.phase() + "; nothing was sent"));
    }
    var missing =
        targets.stream()
            .filter(target -> !target.isConnected())
            .map(target -> target + " is " + target.phase())
            .collect(Collectors.joining(", "));
    return ValdException.of(
        Code.UNAVAILABLE,
        missing
            + "; "
            + (least > targets.size() ? "every" : least + " of " + (targets.size() + 1))
            + " sites have to take a write; nothing was changed",
        details,
        null);
  }

  /** Nobody has heard of the write. */
  static ValdException nothingChanged(Throwable failure) {
    var answer = answer(failure);
    return answer.retold(answer.getMessage() + "; nothing was changed", answer.details());
  }

  /** Every site refused; none stored anything. */
  static ValdException refused(ValdException answer, Outcomes<Mesh.Member, Applied> outcomes) {
    return answer.retold(
        answer.getMessage(), details(outcomes, (_, outcome) -> what(outcome) + "; nothing stored"));
  }

  /**
   * The write was undone.
   *
   * @param undone names of the sites that have acknowledged the undo
   */
  static ValdException rolledBack(
      ValdException answer,
      JournalEntry.Kind kind,
      Outcomes<Mesh.Member, Applied> outcomes,
      Set<String> undone) {
    var pending =
        outcomes.targets().stream()
            .map(Mesh.Member::name)
            .filter(site -> !undone.contains(site))
            .collect(Collectors.joining(", "));
    var message =
        answer.getMessage()
            + (pending.isEmpty() ? "; rolled back" : "; the undo is pending at " + pending);
    var details =
        details(
            outcomes,
            (site, outcome) ->
                what(outcome)
                    + (undone.contains(site.name()) ? "; rolled back: " : "; undo pending: ")
                    + undo(kind, outcome));
    return reachable(answer).retold(message, details);
  }

  /** It could not be decided, since the decision could not be made durable. */
  static ValdException undecided(Throwable failure, Outcomes<Mesh.Member, Applied> outcomes) {
    var cause = answer(failure);
    var message =
        "the outcome is unknown until the journal can be written or the mirror is started again:"
            + " the decision to roll back could not be kept, since "
            + cause.getMessage();
    return new Internal(message, cause)
        .retold(message, details(outcomes, (_, outcome) -> what(outcome) + "; not decided"));
  }

  /** The failure of a stage, as a client may be told. */
  static ValdException answer(Throwable failure) {
    var cause = StageFailure.cause(failure);
    return cause instanceof ValdException known
        ? known
        : new Internal("a fault; the outcome of the write is unknown: " + cause, cause);
  }

  /** A target's own cancelled call is not the client's. */
  private static ValdException reachable(ValdException answer) {
    return answer.code() == Code.CANCELLED ? new Unavailable(answer.getMessage()) : answer;
  }

  private static List<ErrorDetail> details(
      Outcomes<Mesh.Member, Applied> outcomes,
      BiFunction<Mesh.Member, Outcome<Applied>, String> telling) {
    var details = new ArrayList<ErrorDetail>();
    outcomes
        .byTarget()
        .forEach((site, outcome) ->
            details.add(new TargetOutcome(site.name(), telling.apply(site, outcome))));
    return details;
  }

  /** The same in a word. */
  static String word(Outcome<Applied> outcome) {
    return switch (outcome) {
      case Outcome.Answered<Applied>(var applied) -> applied.isNewest() ? "OK" : "NEWER";
      case Outcome.Rejected<Applied>(var error) -> error.code().name();
      case Outcome.Unknown<Applied>(var error) -> error.code().name();
    };
  }

  private static String what(Outcome<Applied> outcome) {
    return switch (outcome) {
      case Outcome.Answered<Applied>(var applied) ->
          applied.isNewest() ? "stored" : "a newer version is there";
      case Outcome.Rejected<Applied>(var error) -> error.code() + ": " + error.getMessage();
      case Outcome.Unknown<Applied>(var error) -> error.code() + ": " + error.getMessage();
    };
  }

  /** What the void mark does there, in the words of Vald's mirror gateway. */
  private static String undo(JournalEntry.Kind kind, Outcome<Applied> outcome) {
    return switch (kind) {
      case INSERT -> "REMOVE";
      case REMOVE -> "UPSERT of the old vector";
      case UPDATE, UPSERT ->
          switch (outcome) {
            case Outcome.Answered<Applied>(var applied) ->
                applied.previous().filter(Head::isVector).isPresent()
                    ? "UPDATE to the old vector"
                    : "REMOVE";
            case Outcome.Rejected<Applied> _, Outcome.Unknown<Applied> _ ->
                "UPDATE to the old vector, or REMOVE if there was none";
          };
    };
  }
}
