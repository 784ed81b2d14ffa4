package dev.kagami.mirror.simulation;

import dev.kagami.core.store.Head;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.Version;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.vector.VectorId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was asked, told, stored and undone in a run, and the first law that was seen broken. */
final class History {
  private final Trace trace;
  private final List<Operation> operations = new ArrayList<>();
  private final Map<Stamp, Operation> byStamp = new HashMap<>();
  private final Map<Stamp, Version> stored = new LinkedHashMap<>();
  private final Set<VoidMark> marks = new LinkedHashSet<>();
  private final List<Operation> underWay = new ArrayList<>();
  private Optional<String> violation = Optional.empty();

  History(Trace trace) {
    this.trace = trace;
  }

  void begin(Operation operation) {
    operations.add(operation);
    underWay.add(operation);
  }

  /** A write of this kind to this id is under way at the process. */
  boolean isUnderWay(SimulatedProcess process, Mutation write) {
    return underWay(process, write).isPresent();
  }

  private Optional<Operation> underWay(SimulatedProcess process, Mutation write) {
    return underWay.stream().filter(operation -> operation.isOf(process, write)).findFirst();
  }

  /** A process has sent a write; whose, is known by there being one of a kind at a time. */
  void sent(SimulatedProcess process, Mutation write) {
    var stamp = write.time().stamp();
    if (!byStamp.containsKey(stamp)) {
      underWay(process, write)
          .ifPresent(operation -> {
            byStamp.put(stamp, operation);
            operation.sent(stamp);
          });
    }
  }

  /** A client was answered. */
  void end(Operation operation) {
    underWay.remove(operation);
    trace.note(operation.answer().hashCode());
  }

  void stored(Version version) {
    stored.put(version.stamp(), version);
    trace.note(version.stamp().value());
  }

  void undone(VoidMark mark) {
    marks.add(mark);
    trace.note(~mark.stamp().value());
  }

  /** A target leaves the mesh of a process, whose writes under way may go by the mesh before. */
  void needsOneLess(SimulatedProcess process) {
    underWay.stream()
        .filter(operation -> operation.process() == process)
        .forEach(Operation::needOneLess);
  }

  /** Every write of a process that has died ends unknown. */
  void died(SimulatedProcess process) {
    for (var operation : underWay) {
      if (operation.process() == process) {
        operation.die();
      }
    }
    underWay.removeIf(operation -> operation.process() == process);
  }

  void broken(String law) {
    violation = violation.or(() -> Optional.of(law));
  }

  Optional<String> violation() {
    return violation;
  }

  List<Operation> operations() {
    return operations;
  }

  /** How many operations ended how. */
  Map<String, Long> endings() {
    return operations.stream()
        .collect(Collectors.groupingBy(Operation::endingWord, TreeMap::new, Collectors.counting()));
  }

  Optional<Operation> of(Stamp stamp) {
    return Optional.ofNullable(byStamp.get(stamp));
  }

  /** Every version that some site took, by its transaction. */
  Map<Stamp, Version> versions() {
    return stored;
  }

  /** The newest of all that some site took and that was not undone. */
  Optional<Head> newest(VectorId id) {
    return stored.values().stream()
        .filter(version -> version.id().equals(id))
        .filter(version -> !marks.contains(new VoidMark(id, version.stamp())))
        .map(Version::head)
        .max(Comparator.naturalOrder());
  }

  /** Every undo that some site took. */
  Set<VoidMark> marks() {
    return marks;
  }
}
