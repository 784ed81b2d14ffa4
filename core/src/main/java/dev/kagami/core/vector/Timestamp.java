package dev.kagami.core.vector;

import java.time.Instant;

/**
 * A point in time as Vald writes it.
 *
 * @param unixNanos nanoseconds since 1970-01-01T00:00Z
 */
public record Timestamp(long unixNanos) implements Comparable<Timestamp> {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  public static Timestamp of(Instant instant) {
    return new Timestamp(instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano());
  }

  public Instant toInstant() {
    return Instant.ofEpochSecond(
        Math.floorDiv(unixNanos, NANOS_PER_SECOND), Math.floorMod(unixNanos, NANOS_PER_SECOND));
  }

  public boolean isAfter(Timestamp other) {
    return unixNanos > other.unixNanos;
  }

  @Override
  public int compareTo(Timestamp other) {
    return Long.compare(unixNanos, other.unixNanos);
  }
}
