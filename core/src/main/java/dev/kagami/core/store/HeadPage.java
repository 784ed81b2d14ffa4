package dev.kagami.core.store;

import java.util.List;
import java.util.Optional;

/**
 * Some ids in the order of {@link HeadCursor#ORDER}.
 *
 * @param heads each id once; those of which only marks are kept are among them
 * @param next where to go on; empty at the end
 */
public record HeadPage(List<KeptHeads> heads, Optional<HeadCursor> next) {
  public HeadPage {
    heads = List.copyOf(heads);
  }
}
