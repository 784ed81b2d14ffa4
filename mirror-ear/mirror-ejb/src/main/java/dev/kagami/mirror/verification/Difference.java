package dev.kagami.mirror.verification;

import dev.kagami.core.store.Head;
import dev.kagami.core.store.KeptHeads;
import dev.kagami.core.vector.VectorId;
import java.util.Optional;

/**
 * An id that two sites show differently.
 *
 * @param here the newest version of the own cluster, tombstones included
 * @param there that of the target
 */
public record Difference(VectorId id, Optional<Head> here, Optional<Head> there) {

  /** What is to be done about it. The newer version wins, as ever. */
  public enum Remedy {
    /** The target has nothing or something older: the loop brings it when it starts over. */
    BRING_THERE,
    /**
     * The own cluster has something older: the target's site brings it when its loop starts over.
     */
    BRING_HERE,
    /** Only the target has it, and nothing here says that it was removed: people decide. */
    ASK
  }

  static Optional<Difference> between(KeptHeads here, KeptHeads there) {
    boolean same = here.visible().map(Head::digest).equals(there.visible().map(Head::digest));
    return same
        ? Optional.empty()
        : Optional.of(new Difference(here.id(), here.newest(), there.newest()));
  }

  public Remedy remedy() {
    if (here.isEmpty()) {
      return Remedy.ASK;
    }
    return there.isEmpty() || here.get().isNewerThan(there.get())
        ? Remedy.BRING_THERE
        : Remedy.BRING_HERE;
  }
}
