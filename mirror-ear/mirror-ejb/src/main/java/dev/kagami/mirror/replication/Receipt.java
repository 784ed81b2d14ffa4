package dev.kagami.mirror.replication;

import dev.kagami.core.fanout.Outcomes;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.CallMetadata;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.VectorId;
import dev.kagami.mirror.compensation.JournalEntry;
import dev.kagami.mirror.mesh.Mesh;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a client is told of its write beside the answer, and may ask for again later. Immutable.
 *
 * @param stamp the transaction; after it the write is asked for
 * @param timestamp of the version that was to be written
 * @param outcomes by site, as they were at the answer
 */
public record Receipt(
    Stamp stamp,
    Timestamp timestamp,
    VectorId id,
    JournalEntry.Kind kind,
    Verdict verdict,
    Map<String, String> outcomes) {
  /** What a site that was not asked, or not waited for, is said to have answered. */
  public static final String PENDING = "PENDING";

  private static final String UNDONE = "; rolled back";
  private static final String STAMP = "kagami-stamp";
  private static final String TIMESTAMP = "kagami-timestamp";
  private static final String OUTCOME = "kagami-outcome";

  /** What was decided. */
  public enum Verdict {
    /** It stands at all sites that had to take it. */
    APPLIED,
    /** All sites refused it, and none stored anything. */
    REFUSED,
    /** It is undone, or will be where that is pending. */
    ROLLED_BACK,
    /** That could not be kept, so it is unknown until the journal can be written again. */
    UNDECIDED
  }

  public Receipt {
    outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
  }

  static Receipt of(
      JournalEntry entry, Verdict verdict, Reach reach, Outcomes<Mesh.Member, Applied> outcomes) {
    var told = new LinkedHashMap<String, String>();
    outcomes.byTarget().forEach((site, outcome) -> told.put(site.name(), Report.word(outcome)));
    reach.unasked().forEach(site -> told.put(site.name(), PENDING));
    return new Receipt(entry.stamp(), entry.timestamp(), entry.id(), entry.kind(), verdict, told);
  }

  /**
   * This receipt of a write that was rolled back.
   *
   * @param undone names of the sites that have acknowledged the undo
   */
  Receipt undoneAt(Set<String> undone) {
    var told = new LinkedHashMap<String, String>();
    outcomes.forEach(
        (site, word) -> told.put(site, word + (undone.contains(site) ? UNDONE : "; undo pending")));
    return new Receipt(stamp, timestamp, id, kind, verdict, told);
  }

  /** Whether it is undone, or will be. */
  public boolean isUndone() {
    return switch (verdict) {
      case APPLIED, REFUSED -> false;
      case ROLLED_BACK, UNDECIDED -> true;
    };
  }

  /** Whether {@code site} had acknowledged the undo at the answer. */
  public boolean saysUndoneAt(String site) {
    return outcomes.getOrDefault(site, "").endsWith(UNDONE);
  }

  /** Tells the client, who gets it with the answer or the error. */
  void tell(CallMetadata client) {
    client.tell(STAMP, String.valueOf(stamp.value()));
    client.tell(TIMESTAMP, String.valueOf(timestamp.unixNanos()));
    outcomes.forEach((site, word) -> client.tell(OUTCOME, site + "=" + word));
  }
}
