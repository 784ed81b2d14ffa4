package dev.kagami.mirror.mesh;

import static java.util.Objects.requireNonNull;

import dev.kagami.core.store.VectorStore;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The sites that this one is mirrored to, at one instant; the own site is not among them. Immutable
 * and replaced as a whole: a request takes one snapshot and keeps it from start to end.
 *
 * <p>Law: every target that the operator has not removed is in each snapshot, whatever its phase.
 * What is owed to a target that is not in it is given up, so no snapshot may be handed out before
 * the stored targets are read.
 *
 * @param members every known target, each name once
 * @param held names of those that an operator has paused or taken offline
 * @param isRemoved whether this site is out of the mesh, so that it has no targets for now
 */
public record Mesh(List<Member> members, Set<String> held, boolean isRemoved) {
  public static final Mesh EMPTY = new Mesh(List.of());

  public Mesh {
    members = List.copyOf(members);
    held = Set.copyOf(held);
    var names = new HashSet<String>();
    for (var member : members) {
      if (!names.add(member.name())) {
        throw new IllegalArgumentException("two targets are called '" + member.name() + "'");
      }
    }
  }

  /** A mesh in which nobody is held. */
  public Mesh(List<Member> members) {
    this(members, Set.of(), false);
  }

  /**
   * One target.
   *
   * @param name what people read in messages, and how its acknowledgements are told from others';
   *     the same in every snapshot
   * @param store where its calls go; it may be another one in a later snapshot
   */
  public record Member(String name, TargetPhase phase, VectorStore store) {
    public Member {
      requireNonNull(name, "name");
      requireNonNull(phase, "phase");
      requireNonNull(store, "store");
    }

    public boolean isConnected() {
      return phase == TargetPhase.CONNECTED;
    }

    /** Whether it gets writes that do not wait for it. */
    public boolean isCatchingUp() {
      return phase == TargetPhase.CATCHING_UP;
    }

    /** Whether it has to be brought all that it missed before it is connected again. */
    public boolean isAway() {
      return !isConnected() && !isCatchingUp();
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
