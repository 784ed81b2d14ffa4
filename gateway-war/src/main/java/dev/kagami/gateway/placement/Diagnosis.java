package dev.kagami.gateway.placement;

import dev.kagami.core.store.Head;
import dev.kagami.core.store.KeptHeads;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.vector.VectorId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is wrong with the copies of one id, told from what agents keep of it. Pure.
 *
 * @param newest of all that they keep; empty if nothing of it counts
 * @param sources who has that, and shows it
 * @param outdated who has something older
 * @param missing who should hold it and has nothing
 * @param extra who has a copy too many: a vector that everybody who should hold it has
 * @param unheard versions that are void, at those who do not know
 */
record Diagnosis(
    VectorId id,
    Optional<Head> newest,
    List<Agent> sources,
    List<Agent> outdated,
    List<Agent> missing,
    List<Agent> extra,
    List<Unheard> unheard) {

  /** A version that {@code agent} does not know to be void. */
  record Unheard(Agent agent, VoidMark mark) {}

  /**
   * Of what {@code held} tells.
   *
   * @param held by those who keep something
   * @param wanted who should hold the id, of those that were asked
   */
  static Diagnosis of(VectorId id, Map<Agent, KeptHeads> held, List<Agent> wanted) {
    var all = held.values().stream().reduce(KeptHeads::merge).orElseThrow();
    var sources = new ArrayList<Agent>();
    var outdated = new ArrayList<Agent>();
    var unheard = new ArrayList<Unheard>();
    held.forEach((agent, heads) -> {
      heads.heads().stream()
          .filter(head -> all.marks().contains(head.stamp()))
          .forEach(head -> unheard.add(new Unheard(agent, new VoidMark(id, head.stamp()))));
      if (all.newest().isPresent() && heads.heads().contains(all.newest().get())) {
        sources.add(agent);
      } else if (!heads.heads().isEmpty()) {
        outdated.add(agent);
      }
    });
    boolean isVector = all.visible().isPresent();
    var missing =
        wanted.stream()
            .filter(agent -> isVector && !sources.contains(agent) && !outdated.contains(agent))
            .toList();
    var extra =
        sources.stream()
            .filter(agent -> isVector && sources.containsAll(wanted) && !wanted.contains(agent))
            .toList();
    return new Diagnosis(id, all.newest(), sources, outdated, missing, extra, unheard);
  }

  /** Who needs the newest version. */
  List<Agent> patients() {
    if (newest.isEmpty()) {
      return List.of();
    }
    var patients = new ArrayList<>(outdated);
    patients.addAll(missing);
    return patients;
  }

  /** Who has it and should. */
  List<Agent> keepers() {
    return sources.stream().filter(agent -> !extra.contains(agent)).toList();
  }

  boolean isHealthy() {
    return unheard.isEmpty() && patients().isEmpty();
  }
}
