package dev.kagami.gateway.placement;

import dev.kagami.core.store.HeadCursor;
import dev.kagami.core.store.HeadPage;
import dev.kagami.core.store.KeptHeads;
import dev.kagami.core.vector.VectorId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What several agents keep of some ids, as far as all of their pages go.
 *
 * @param next where to go on; empty at the end
 */
record HeadsByAgent(Map<VectorId, Map<Agent, KeptHeads>> byId, Optional<HeadCursor> next) {

  /** Of pages that begin at one cursor. */
  static HeadsByAgent of(Map<Agent, HeadPage> pages) {
    var end =
        pages.values().stream().flatMap(page -> page.next().stream()).min(HeadCursor::compareTo);
    var byId = new LinkedHashMap<VectorId, Map<Agent, KeptHeads>>();
    pages.forEach((agent, page) ->
        page.heads().stream()
            .filter(heads -> end.isEmpty() || !end.get().isBefore(heads.id()))
            .forEach(heads ->
                byId.computeIfAbsent(heads.id(), _ -> new LinkedHashMap<>()).put(agent, heads)));
    return new HeadsByAgent(byId, end);
  }
}
