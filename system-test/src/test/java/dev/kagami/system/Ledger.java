package dev.kagami.system;

import static java.util.Comparator.comparing;

import io.grpc.Status.Code;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What each id may hold, as its only writer knows it from the answers. Each write of an id has a
 * content of its own, a number; a removal leaves none. Each id has one writer, which writes it no
 * more once an answer was missing; any thread may ask.
 */
final class Ledger {
  /** What an id holds although it must not. */
  enum Fault {
    /** Nothing, although a write was acknowledged. */
    LOST,
    /** What an acknowledged write had replaced or removed. */
    RESURRECTED,
    /** What nobody ever wrote there. */
    INVENTED
  }

  /** An id with what it holds and what it may hold. */
  record Finding(Fault fault, String id, Optional<Integer> held, Set<Optional<Integer>> allowed) {}

  /**
   * What is known of one id; {@code possible} has more than one content if an answer is missing.
   */
  private record Entry(Set<Optional<Integer>> possible, Set<Optional<Integer>> written) {
    static final Entry EMPTY = new Entry(Set.of(Optional.empty()), Set.of(Optional.empty()));

    Entry after(Optional<Integer> content, Code answer) {
      return switch (answer) {
        case OK -> new Entry(Set.of(content), with(written, content));
        case ALREADY_EXISTS, NOT_FOUND -> this;
        default -> new Entry(with(possible, content), with(written, content));
      };
    }

    private static Set<Optional<Integer>> with(
        Set<Optional<Integer>> some, Optional<Integer> another) {
      var all = new HashSet<>(some);
      all.add(another);
      return Set.copyOf(all);
    }
  }

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  /** Notes the answer to a write. */
  void answered(String id, Optional<Integer> content, Code answer) {
    entries.merge(
        id, Entry.EMPTY.after(content, answer), (before, _) -> before.after(content, answer));
  }

  /** What the id holds; empty while that is not certain. */
  Optional<Optional<Integer>> certain(String id) {
    var possible = entries.getOrDefault(id, Entry.EMPTY).possible();
    return possible.size() == 1 ? Optional.of(possible.iterator().next()) : Optional.empty();
  }

  List<String> ids() {
    return entries.keySet().stream().sorted().toList();
  }

  /** What is wrong with {@code held}, the content of {@code id} at some site. */
  Optional<Finding> check(String id, Optional<Integer> held) {
    var entry = entries.getOrDefault(id, Entry.EMPTY);
    if (entry.possible().contains(held)) {
      return Optional.empty();
    }
    var fault =
        held.isEmpty()
            ? Fault.LOST
            : entry.written().contains(held) ? Fault.RESURRECTED : Fault.INVENTED;
    return Optional.of(new Finding(fault, id, held, entry.possible()));
  }

  /** How many ids were written, and of how many the content is certain, for people. */
  String summary() {
    var certain = ids().stream().filter(id -> certain(id).isPresent()).count();
    var writes = entries.values().stream().mapToInt(entry -> entry.written().size() - 1).sum();
    return writes + " writes to " + entries.size() + " ids, " + certain + " of them certain";
  }

  /** The findings by their fault, for people. */
  static String summary(List<Finding> findings) {
    var counts = new EnumMap<Fault, Integer>(Fault.class);
    findings.forEach(finding -> counts.merge(finding.fault(), 1, Integer::sum));
    return counts + " " + findings.stream().sorted(comparing(Finding::id)).limit(20).toList();
  }
}
