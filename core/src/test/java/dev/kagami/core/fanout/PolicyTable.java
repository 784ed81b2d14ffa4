package dev.kagami.core.fanout;

import static java.util.stream.Collectors.joining;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.AlreadyExists;
import dev.kagami.core.error.ValdException.DeadlineExceeded;
import dev.kagami.core.error.ValdException.Internal;
import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.core.error.ValdException.ResourceExhausted;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.fanout.OutcomePolicy.Attempt;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.Head;
import dev.kagami.core.store.Location;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The outcome table, one row a line: what a mirrored write's targets answered, and what that has to
 * lead to.
 *
 * <p>Targets are own, b and c. Answers: OK; AE already exists; NF not found; NEWER a newer version
 * is there, kept beneath; SUPER the same, superseded; X an internal error; FULL another error; ? no
 * answer before the deadline; CUT the connection was lost; in (brackets) if the mode does not
 * require the target. A newer version is 50 at b and 70 elsewhere. A levelled write is judged once
 * more after its second round. The decision names the code and the target that it is told of.
 */
final class PolicyTable {
  private static final VectorId ID = new VectorId("an-id");
  private static final Vector VECTOR = Vector.of(1, 2);
  private static final Stamp STAMP = new Stamp(10_240);
  private static final List<String> TARGETS = List.of("own", "b", "c");

  private static final Comparator<String> BY_PLACE = Comparator.comparingInt(TARGETS::indexOf);
  private static final Pattern COLUMN = Pattern.compile("\\s*\\|\\s*");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private static final String TABLE =
      """
      all OK                               | insert | ours   | first | OK    OK    OK      | done
      all AE                               | insert | ours   | first | AE    AE    AE      | refused ALREADY_EXISTS
      AE elsewhere                         | insert | ours   | first | OK    AE    OK      | level b
      AE at the own cluster                | insert | ours   | first | AE    OK    OK      | level own
      AE at two                            | insert | client | first | OK    AE    AE      | level b c
      all OK                               | update | ours   | first | OK    OK    OK      | done
      all NF                               | update | ours   | first | NF    NF    NF      | refused NOT_FOUND
      all AE                               | update | ours   | first | AE    AE    AE      | refused ALREADY_EXISTS
      same data elsewhere                  | update | ours   | first | OK    AE    OK      | level b
      NF with OK                           | update | ours   | first | OK    NF    OK      | level b
      NF at the own cluster                | update | ours   | first | NF    OK    OK      | level own
      NF with AE                           | update | ours   | first | AE    NF    AE      | level own b c
      NF and AE with OK                    | update | client | first | OK    NF    AE      | level b c
      all OK                               | upsert | ours   | first | OK    OK    OK      | done
      all AE                               | upsert | ours   | first | AE    AE    AE      | refused ALREADY_EXISTS
      same data elsewhere                  | upsert | ours   | first | OK    AE    OK      | level b
      all OK                               | remove | ours   | first | OK    OK    OK      | done
      all NF                               | remove | ours   | first | NF    NF    NF      | refused NOT_FOUND
      NF elsewhere gets the tombstone      | remove | ours   | first | OK    NF    OK      | level b
      NF at the own cluster                | remove | client | first | NF    OK    OK      | level own

      error at the own cluster             | insert | ours   | first | X     OK    OK      | roll back INTERNAL own
      error elsewhere                      | update | ours   | first | OK    X     OK      | roll back INTERNAL b
      error beside AE                      | upsert | ours   | first | OK    AE    X       | roll back INTERNAL c
      error beside nothing but AE          | insert | ours   | first | AE    AE    X       | roll back INTERNAL c
      error beside nothing but NF          | remove | ours   | first | NF    X     NF      | roll back INTERNAL b
      error beside NEWER                   | upsert | ours   | first | NEWER X     OK      | roll back INTERNAL b
      two errors, the first is told        | insert | ours   | first | OK    FULL  X       | roll back RESOURCE_EXHAUSTED b
      silence is no success                | insert | ours   | first | OK    ?     OK      | roll back DEADLINE_EXCEEDED b
      silence of the own cluster           | remove | ours   | first | ?     OK    OK      | roll back DEADLINE_EXCEEDED own
      silence beside AE                    | insert | ours   | first | AE    ?     AE      | roll back DEADLINE_EXCEEDED b
      lost connection                      | update | ours   | first | OK    OK    CUT     | roll back UNAVAILABLE c
      an error counts for more than silence| insert | ours   | first | OK    ?     X       | roll back INTERNAL c
      an error before silence              | insert | ours   | first | OK    X     ?       | roll back INTERNAL b
      all silent, the first is told        | upsert | ours   | first | CUT   ?     ?       | roll back UNAVAILABLE own

      impossible: insert told NF           | insert | ours   | first | OK    NF    OK      | roll back INTERNAL b
      impossible: upsert told NF           | upsert | ours   | first | OK    NF    OK      | roll back INTERNAL b
      impossible: remove told AE           | remove | ours   | first | OK    AE    OK      | roll back INTERNAL b
      impossible: all inserts told NF      | insert | ours   | first | NF    NF    NF      | roll back INTERNAL own
      impossible: all removes told AE      | remove | ours   | first | AE    AE    AE      | roll back INTERNAL own

      all NEWER by client's time           | update | client | first | NEWER NEWER SUPER   | roll back ALREADY_EXISTS
      all NEWER by client's time, last     | remove | client | last  | NEWER NEWER NEWER   | roll back ALREADY_EXISTS
      NEWER by client's time with OK       | update | client | first | OK    NEWER SUPER   | done
      NEWER by client's time with AE       | insert | client | first | NEWER AE    NEWER   | level b
      NEWER by client's time with NF       | remove | client | first | NEWER NF    OK      | level b
      NEWER by our time                    | upsert | ours   | first | OK    NEWER OK      | again past 50
      superseded by our time               | remove | ours   | first | OK    SUPER OK      | again past 50
      all NEWER by our time                | update | ours   | first | NEWER NEWER NEWER   | again past 70
      NEWER by our time with AE            | insert | ours   | first | NEWER AE    OK      | again past 70
      NEWER once more: another won         | upsert | ours   | last  | OK    NEWER OK      | done
      all NEWER once more                  | update | ours   | last  | NEWER SUPER NEWER   | done
      NEWER once more with NF              | update | ours   | last  | NEWER NF    OK      | level b

      error where it is not required       | insert | ours   | first | OK    (X)   OK      | done
      silence where it is not required     | insert | ours   | first | OK    OK    (?)     | done
      AE where it is not required          | insert | ours   | first | OK    (AE)  (AE)    | done
      NF where it is not required          | remove | ours   | first | OK    (NF)  OK      | done
      NEWER where it is not required       | update | ours   | first | OK    (NEWER) OK    | done
      OK where it is not required          | insert | ours   | first | AE    (OK)  (OK)    | refused ALREADY_EXISTS
      NEWER at all required, by client     | update | client | first | NEWER (OK)  NEWER   | roll back ALREADY_EXISTS
      local: the own cluster alone         | remove | ours   | first | NF    (OK)  (?)     | refused NOT_FOUND

      levelled, all OK                     | insert | ours   | first | OK    AE>OK OK      | done
      levelled, NF became OK               | remove | ours   | first | OK    NF>OK NF>OK   | done
      levelled, an error                   | insert | ours   | first | OK    AE>X  OK      | roll back INTERNAL b
      levelled, silence                    | update | ours   | first | OK    NF>?  OK      | roll back DEADLINE_EXCEEDED b
      levelled, NEWER by client's time     | update | client | first | OK    AE>NEWER OK   | done
      levelled, NEWER by our time          | update | ours   | first | OK    AE>NEWER OK   | again past 50
      levelled, NEWER by our time, last    | update | ours   | last  | OK    AE>NEWER OK   | done
      levelled, impossible: AE again       | insert | ours   | first | OK    AE>AE OK      | roll back INTERNAL b
      levelled, impossible: NF again       | update | ours   | first | OK    NF>NF OK      | roll back INTERNAL b
      """;

  private PolicyTable() {}

  /** One line: everything that a decision rests on, and the decision. */
  record Row(
      String name,
      Mutation mutation,
      Attempt attempt,
      Outcomes<String, Applied> outcomes,
      Set<String> required,
      String decision) {

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Row> rows() {
    return TABLE.lines().filter(line -> !line.isBlank()).map(PolicyTable::row).toList();
  }

  /** The decision in the words of the table's last column. */
  static String told(Decision<String> decision) {
    return switch (decision) {
      case Decision.Done<String> _ -> "done";
      case Decision.Refused<String>(var answer) -> "refused " + answer.code();
      case Decision.LevelForward<String>(var targets) ->
          "level" + targets.stream().sorted(BY_PLACE).map(" "::concat).collect(joining());
      case Decision.RunAgain<String>(var past) -> "again past " + past.unixNanos();
      case Decision.RollBack<String>(var answer) -> "roll back " + answer.code() + by(answer);
    };
  }

  private static String by(ValdException answer) {
    return TARGETS.stream()
        .filter(target -> answer.getMessage().startsWith(target + ": "))
        .map(target -> " " + target)
        .collect(joining());
  }

  private static Row row(String line) {
    var columns = COLUMN.splitAsStream(line.strip()).toList();
    var answers = BLANKS.splitAsStream(columns.get(4)).toList();
    var outcomes = new LinkedHashMap<String, Outcome<Applied>>();
    var required = new LinkedHashSet<>(TARGETS);
    for (int i = 0; i < TARGETS.size(); i++) {
      outcomes.put(TARGETS.get(i), outcome(TARGETS.get(i), answers.get(i)));
      if (answers.get(i).startsWith("(")) {
        required.remove(TARGETS.get(i));
      }
    }
    var mutation = mutation(columns.get(1), columns.get(2));
    return new Row(
        columns.get(1) + ": " + columns.get(0),
        line.contains(">") ? mutation.unconditional() : mutation,
        Attempt.valueOf(columns.get(3).toUpperCase(Locale.ROOT)),
        new Outcomes<>(outcomes),
        required,
        columns.get(5));
  }

  private static Mutation mutation(String write, String time) {
    var writeTime =
        (time.equals("client") ? WriteTime.ofClient(new Timestamp(60)) : WriteTime.UNSTAMPED)
            .stamped(STAMP);
    return switch (write) {
      case "insert" -> new Mutation.Insert(ID, VECTOR, writeTime);
      case "update" -> new Mutation.Update(ID, VECTOR, writeTime);
      case "upsert" -> new Mutation.Upsert(ID, VECTOR, writeTime);
      case "remove" -> new Mutation.Remove(ID, writeTime);
      default -> throw new IllegalArgumentException(write);
    };
  }

  private static Outcome<Applied> outcome(String target, String answer) {
    var last = answer.substring(answer.indexOf('>') + 1).replaceAll("[()]", "");
    return switch (last) {
      case "OK" -> answered(target, Applied.Standing.TOP, 5);
      case "NEWER" -> answered(target, Applied.Standing.BENEATH, target.equals("b") ? 50 : 70);
      case "SUPER" -> answered(target, Applied.Standing.SUPERSEDED, target.equals("b") ? 50 : 70);
      case "AE" -> new Outcome.Rejected<>(new AlreadyExists("there already"));
      case "NF" -> new Outcome.Rejected<>(new NotFound("not there"));
      case "X" -> new Outcome.Rejected<>(new Internal("a fault", new IllegalStateException()));
      case "FULL" -> new Outcome.Rejected<>(new ResourceExhausted("full"));
      case "?" -> new Outcome.Unknown<>(new DeadlineExceeded("silent"));
      case "CUT" -> new Outcome.Unknown<>(new Unavailable("cut"));
      default -> throw new IllegalArgumentException(answer);
    };
  }

  private static Outcome<Applied> answered(String target, Applied.Standing standing, long before) {
    var head = new Head(ID, new Timestamp(before), new Stamp(before), Head.Kind.VECTOR, before);
    var location = new Location(target, ID, List.of());
    return new Outcome.Answered<>(new Applied(standing, Optional.of(head), location));
  }
}
