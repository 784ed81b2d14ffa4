package dev.kagami.agent.log;

import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.Version;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.util.Arrays;
import java.util.Optional;

/** Versions with long vectors. */
final class LargeRecords {
  private LargeRecords() {}

  static LogRecord number(int number, int dimension) {
    var components = new float[dimension];
    Arrays.fill(components, number + 0.5f);
    var version =
        new Version(
            new VectorId("id-" + number),
            new Timestamp(number),
            new Stamp(number + 1),
            Optional.of(Vector.adopt(components)));
    return new LogRecord.Written(version, false);
  }
}
