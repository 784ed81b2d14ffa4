package dev.kagami.mirror.replication;

import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.fanout.Outcome;
import dev.kagami.core.fanout.Outcomes;
import dev.kagami.core.store.Applied;
import dev.kagami.mirror.compensation.Sites;
import dev.kagami.mirror.mesh.Mesh;
import dev.kagami.mirror.mesh.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How far one write has to come. Immutable: the same from start to end.
 *
 * @param sites where it is sent, the own cluster first
 * @param least how many of these have to take it
 * @param unasked the other known targets, which get it afterwards
 */
record Reach(List<Mesh.Member> sites, int least, List<Mesh.Member> unasked) {
  Reach {
    sites = List.copyOf(sites);
    unasked = List.copyOf(unasked);
  }

  /**
   * The reach of a write in {@code mode}.
   *
   * @throws dev.kagami.core.error.ValdException.Unavailable if too few targets are connected
   */
  static Reach of(Mode mode, Sites all, Mesh mesh) {
    var reachable = new ArrayList<Mesh.Member>();
    reachable.add(all.own());
    mesh.members().stream().filter(Mesh.Member::isConnected).forEach(reachable::add);
    int known = mesh.members().size() + 1;
    return switch (mode) {
      case CONNECTED -> new Reach(reachable, reachable.size(), away(mesh));
      case STRICT -> atLeast(known, reachable, mesh);
      case QUORUM -> atLeast(known / 2 + 1, reachable, mesh);
      case LOCAL -> new Reach(List.of(all.own()), 1, mesh.members());
    };
  }

  private static Reach atLeast(int least, List<Mesh.Member> reachable, Mesh mesh) {
    if (reachable.size() < least) {
      throw Report.notConnected(mesh.members(), least);
    }
    return new Reach(reachable, least, away(mesh));
  }

  private static List<Mesh.Member> away(Mesh mesh) {
    return mesh.members().stream().filter(target -> !target.isConnected()).toList();
  }

  /** Who is sent the write once it stands, without anybody waiting for them. */
  List<Mesh.Member> followers() {
    return unasked.stream()
        .filter(target -> target.isConnected() || target.isCatchingUp())
        .toList();
  }

  /** Whom the verdict depends on: if enough have taken it, not on those that have failed. */
  Predicate<Mesh.Member> required(Outcomes<Mesh.Member, Applied> outcomes) {
    var taken = sites.stream().filter(site -> isTaken(outcomes.byTarget().get(site))).toList();
    boolean enough = taken.size() >= least && taken.contains(sites.getFirst());
    return enough ? taken::contains : _ -> true;
  }

  /** Tells who has not taken what the own cluster has; what that refuses says nothing of others. */
  void report(Outcomes<Mesh.Member, Applied> outcomes, Witness witness) {
    if (isTaken(outcomes.byTarget().get(sites.getFirst()))) {
      for (var target : sites.subList(1, sites.size())) {
        boolean taken = isTaken(outcomes.byTarget().get(target));
        witness.wrote(
            target.name(), taken ? Optional.empty() : Optional.of(outcomes.failures().get(target)));
      }
    }
  }

  /** Whether all have refused it: one that does not have to take it may have, if it is silent. */
  static boolean isNowhere(Outcomes<Mesh.Member, Applied> outcomes) {
    return outcomes.byTarget().values().stream()
        .allMatch(outcome -> outcome instanceof Outcome.Rejected<Applied> && isTaken(outcome));
  }

  private static boolean isTaken(Outcome<Applied> outcome) {
    return switch (outcome) {
      case Outcome.Answered<Applied> _ -> true;
      case Outcome.Rejected<Applied>(var error) ->
          error.code() == Code.ALREADY_EXISTS || error.code() == Code.NOT_FOUND;
      case Outcome.Unknown<Applied> _ -> false;
    };
  }
}
