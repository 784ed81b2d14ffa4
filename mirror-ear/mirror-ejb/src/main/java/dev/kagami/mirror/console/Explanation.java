package dev.kagami.mirror.console;

import dev.kagami.core.fanout.Outcome;
import dev.kagami.core.store.Kept;
import dev.kagami.core.vector.VectorId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where an id is, and why.
 *
 * @param sites what each site keeps of it, the own cluster first; or why it does not tell
 * @param writes those of this process that are still known, oldest first
 */
public record Explanation(VectorId id, Map<String, Outcome<Kept>> sites, List<WriteView> writes) {
  public Explanation {
    sites = Collections.unmodifiableMap(new LinkedHashMap<>(sites));
    writes = List.copyOf(writes);
  }
}
