package dev.kagami.mirror.simulation;

import dev.kagami.mirror.replication.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Leaves out of a script what it does not need to break a law: half of it, then less at a time. */
final class Shrinking {
  private static final int MOST_RUNS = 300;

  private final Variant variant;
  private int runs;

  private Shrinking(Variant variant) {
    this.variant = variant;
  }

  /** A shorter script that breaks a law, perhaps another one; the same if there is none. */
  static Script shrink(Script script, Variant variant) {
    return new Shrinking(variant).shrink(script);
  }

  private Script shrink(Script script) {
    var shortest = script;
    for (int part = script.steps().size() / 2; part > 0 && runs < MOST_RUNS; ) {
      var shorter = without(shortest, part);
      shortest = shorter.orElse(shortest);
      part = shorter.isPresent() ? Math.min(part, shortest.steps().size() / 2) : part / 2;
    }
    return shortest;
  }

  /** The first that breaks a law when so many steps in a row are left out. */
  private Optional<Script> without(Script script, int part) {
    var steps = script.steps();
    for (int from = 0; from < steps.size() && runs < MOST_RUNS; from += part) {
      runs++;
      var fewer = script.with(left(steps, from, part));
      if (Simulation.run(fewer, variant).isBroken()) {
        return Optional.of(fewer);
      }
    }
    return Optional.empty();
  }

  private static List<Step> left(List<Step> steps, int from, int part) {
    var left = new ArrayList<>(steps.subList(0, from));
    left.addAll(steps.subList(Math.min(steps.size(), from + part), steps.size()));
    return left;
  }
}
