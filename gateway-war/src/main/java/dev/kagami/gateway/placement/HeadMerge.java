package dev.kagami.gateway.placement;

import dev.kagami.core.store.HeadCursor;
import dev.kagami.core.store.HeadPage;
import dev.kagami.core.store.KeptHeads;
import dev.kagami.core.vector.VectorId;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Pages of several agents from one cursor on into one page, each id once. Pure. */
final class HeadMerge {
  private HeadMerge() {}

  /** The first {@code limit} ids of all, as far as every page goes. */
  static HeadPage of(List<HeadPage> pages, int limit) {
    var merged = new TreeMap<VectorId, KeptHeads>(HeadCursor.ORDER);
    for (var page : pages) {
      page.heads().forEach(heads -> merged.merge(heads.id(), heads, KeptHeads::merge));
    }
    var bounds = pages.stream().flatMap(page -> page.next().stream()).toList();
    var complete =
        merged.values().stream()
            .takeWhile(heads -> bounds.stream().noneMatch(next -> next.isBefore(heads.id())))
            .toList();
    if (complete.size() > limit) {
      var first = complete.subList(0, limit);
      return new HeadPage(first, Optional.of(HeadCursor.behind(first.getLast().id())));
    }
    return new HeadPage(complete, bounds.stream().min(HeadCursor::compareTo));
  }
}
