package dev.kagami.agent.log;

import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.Version;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.vector.VectorId;

/**
 * One change of an agent's state: an effect, not a request, so that replaying asks no questions.
 */
public sealed interface LogRecord {

  /**
   * A version was added.
   *
   * @param settled it will never be voided
   */
  record Written(Version version, boolean settled) implements LogRecord {}

  /** A write was undone, before or after it came. */
  record Voided(VoidMark mark) implements LogRecord {}

  /** All stamps of this one's writer, up to it, are decided for good. */
  record Settled(Stamp upTo) implements LogRecord {}

  /** From now on removals and undos with a stamp up to and including this one may be forgotten. */
  record Trimmed(Stamp upTo) implements LogRecord {}

  /** The removal and the undos of {@code id} with a stamp up to {@code upTo} were. */
  record Forgotten(VectorId id, Stamp upTo) implements LogRecord {}

  /** The version {@code stamp} of {@code id}, a copy that others hold, was let go. */
  record Dropped(VectorId id, Stamp stamp) implements LogRecord {}

  /** Everything with a stamp up to and including this one was removed for good. */
  record Flushed(Stamp upTo) implements LogRecord {}
}
