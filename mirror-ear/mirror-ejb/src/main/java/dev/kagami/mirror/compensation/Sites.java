package dev.kagami.mirror.compensation;

import dev.kagami.mirror.mesh.Mesh;
import dev.kagami.mirror.mesh.Witness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Everywhere that a write goes: the own cluster and all known targets.
 *
 * @param own the own cluster, called by a name that no target has
 * @param mesh gives the targets as they are at that instant
 * @param witness hears what became of writes there
 */
public record Sites(Mesh.Member own, Supplier<Mesh> mesh, Witness witness) {

  /** Sites whose writes nobody looks at. */
  public Sites(Mesh.Member own, Supplier<Mesh> mesh) {
    this(own, mesh, Witness.NOBODY);
  }

  /** The own cluster first, then every known target. */
  public List<Mesh.Member> all() {
    return with(mesh.get());
  }

  /** The own cluster first, then the targets of {@code snapshot}. */
  public List<Mesh.Member> with(Mesh snapshot) {
    var all = new ArrayList<Mesh.Member>();
    all.add(own);
    all.addAll(snapshot.members());
    return all;
  }

  Optional<Mesh.Member> find(String name) {
    return all().stream().filter(site -> site.name().equals(name)).findFirst();
  }
}
