package dev.kagami.agent.log;

import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.Version;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.util.Optional;

/** Records of all kinds, the same one for the same number. */
final class Records {
  private Records() {}

  static LogRecord number(int number) {
    var id = new VectorId("id-" + number + "-\u00e4\ud83d\ude00");
    var stamp = new Stamp(number * 1024L + 17);
    var time = new Timestamp(number * 1000L);
    return switch (number % 4) {
      case 0 -> number % 8 == 0 ? new LogRecord.Settled(stamp) : new LogRecord.Trimmed(stamp);
      case 1 ->
          number % 8 == 1
              ? new LogRecord.Voided(new VoidMark(id, stamp))
              : new LogRecord.Forgotten(id, stamp);
      case 2 ->
          number % 8 == 2
              ? new LogRecord.Written(new Version(id, time, stamp, Optional.empty()), true)
              : new LogRecord.Dropped(id, stamp);
      default ->
          new LogRecord.Written(
              new Version(id, time, stamp, Optional.of(Vector.of(number, -0.0f, 1e-42f))), false);
    };
  }
}
