package dev.kagami.agent.index;

import dev.kagami.core.store.VoidMark;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What changed since the last checkpoint, by the log's numbers. What came and went in between
 * leaves no trace. Guarded by the store's write lock until it is taken out of it.
 */
final class Unsaved {
  private final Map<Long, StoredVersion> versions = new HashMap<>();
  private final Map<Long, VoidMark> marks = new HashMap<>();
  private final Set<Long> gone = new HashSet<>();

  /** Notes that {@code after} is kept now in place of {@code before}. */
  void note(Lineage before, Lineage after) {
    noteVersions(before, after);
    noteMarks(before, after);
  }

  private void noteVersions(Lineage before, Lineage after) {
    for (var version : before.versions()) {
      if (!after.holds(version.seq()) && versions.remove(version.seq()) == null) {
        gone.add(version.seq());
      }
    }
    for (var version : after.versions()) {
      if (!before.holds(version.seq())) {
        versions.put(version.seq(), version);
      }
    }
  }

  private void noteMarks(Lineage before, Lineage after) {
    before
        .voids()
        .forEach((stamp, seq) -> {
          if (!after.isVoid(stamp) && marks.remove(seq) == null) {
            gone.add(seq);
          }
        });
    after
        .voids()
        .forEach((stamp, seq) -> {
          if (!before.isVoid(stamp)) {
            marks.put(seq, new VoidMark(after.id(), stamp));
          }
        });
  }

  /** Notes that the versions of {@code lineage} lie in other slots now. */
  void moved(Lineage lineage) {
    lineage.versions().forEach(version -> versions.replace(version.seq(), version));
  }

  Map<Long, StoredVersion> versions() {
    return versions;
  }

  Map<Long, VoidMark> marks() {
    return marks;
  }

  Set<Long> gone() {
    return gone;
  }
}
