package dev.kagami.core.store;

import static java.util.Objects.requireNonNull;

/**
 * A process wants to be the only one that stamps by a number.
 *
 * @param writer the number
 * @param run drawn at each start of the process; two processes never have the same
 * @param name of the process, for people
 */
public record WriterClaim(WriterNumber writer, long run, String name) {
  public WriterClaim {
    requireNonNull(writer, "writer");
    requireNonNull(name, "name");
  }

  /** Whether both cannot be granted. */
  public boolean excludes(WriterClaim other) {
    return writer.equals(other.writer) && run != other.run;
  }
}
