package dev.kagami.gateway.placement;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.fanout.Outcomes;
import dev.kagami.core.store.Applied;
import java.util.List;

/** What became of one stamped write at the holders of its id. */
sealed interface Replicated {

  /** All that it was sent to have it. */
  record Stored(Applied applied, List<Agent> targets) implements Replicated {}

  /** No holder has it, nor will one get it. */
  record Refused(ValdException answer) implements Replicated {}

  /** Some holder failed; any of those asked may have it, now or later. */
  record Torn(ValdException answer, Outcomes<Agent, Applied> outcomes) implements Replicated {}
}
