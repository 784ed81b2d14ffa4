package dev.kagami.core.store;

import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.util.Optional;

/**
 * One state of one id: a vector, or a tombstone where it was removed.
 *
 * @param vector empty for a tombstone
 */
public record Version(VectorId id, Timestamp timestamp, Stamp stamp, Optional<Vector> vector) {

  public boolean isTombstone() {
    return vector.isEmpty();
  }

  public Head head() {
    return new Head(
        id,
        timestamp,
        stamp,
        isTombstone() ? Head.Kind.TOMBSTONE : Head.Kind.VECTOR,
        vector.map(Vector::contentHash).orElse(0L));
  }
}
