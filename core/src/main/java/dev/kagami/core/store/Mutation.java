package dev.kagami.core.store;

import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A write: to which id, with what content, when, and under what condition. */
public sealed interface Mutation {
  VectorId id();

  WriteTime time();

  Condition condition();

  /** The vector to store; empty for a removal. */
  Optional<Vector> content();

  /** The same write at another time or in another transaction. */
  Mutation at(WriteTime time);

  /** The same write, stored whatever is there. */
  Mutation unconditional();

  /** The same write with its vector, if it has one, as {@code accept} makes it. */
  Mutation accepted(UnaryOperator<Vector> accept);

  /**
   * The version that this write stores where it is accepted.
   *
   * @throws IllegalStateException if it is not stamped yet
   */
  default Version version() {
    if (!time().isStamped()) {
      throw new IllegalStateException("a write of '" + id() + "' has no stamp yet");
    }
    return new Version(id(), time().timestamp(), time().stamp(), content());
  }

  /**
   * Whether what is there decides about the write.
   *
   * @param isUnconditional stored whatever is there: levelling forward, replicas after the first,
   *     catching up; else it is judged by {@link ExistenceCheck}
   * @param still the stamp of the version that readers must still see, else the write is aborted;
   *     empty if any will do
   */
  record Condition(boolean isUnconditional, Optional<Stamp> still) {
    public static final Condition CHECKED = new Condition(false, Optional.empty());
    public static final Condition UNCONDITIONAL = new Condition(true, Optional.empty());

    /** As {@link #CHECKED}, and only while {@code seen} is the version that readers see. */
    public static Condition ifStill(Head seen) {
      return new Condition(false, Optional.of(seen.stamp()));
    }
  }

  /** Stores a vector under a new id. */
  record Insert(VectorId id, Vector vector, WriteTime time, Condition condition)
      implements Mutation {
    public Insert(VectorId id, Vector vector, WriteTime time) {
      this(id, vector, time, Condition.CHECKED);
    }

    @Override
    public Optional<Vector> content() {
      return Optional.of(vector);
    }

    @Override
    public Insert at(WriteTime time) {
      return new Insert(id, vector, time, condition);
    }

    @Override
    public Insert unconditional() {
      return new Insert(id, vector, time, Condition.UNCONDITIONAL);
    }

    @Override
    public Insert accepted(UnaryOperator<Vector> accept) {
      return new Insert(id, accept.apply(vector), time, condition);
    }
  }

  /** Replaces the vector of an existing id. */
  record Update(VectorId id, Vector vector, WriteTime time, Condition condition)
      implements Mutation {
    public Update(VectorId id, Vector vector, WriteTime time) {
      this(id, vector, time, Condition.CHECKED);
    }

    @Override
    public Optional<Vector> content() {
      return Optional.of(vector);
    }

    @Override
    public Update at(WriteTime time) {
      return new Update(id, vector, time, condition);
    }

    @Override
    public Update unconditional() {
      return new Update(id, vector, time, Condition.UNCONDITIONAL);
    }

    @Override
    public Update accepted(UnaryOperator<Vector> accept) {
      return new Update(id, accept.apply(vector), time, condition);
    }
  }

  /** Stores a vector, whether the id exists or not. */
  record Upsert(VectorId id, Vector vector, WriteTime time, Condition condition)
      implements Mutation {
    public Upsert(VectorId id, Vector vector, WriteTime time) {
      this(id, vector, time, Condition.CHECKED);
    }

    @Override
    public Optional<Vector> content() {
      return Optional.of(vector);
    }

    @Override
    public Upsert at(WriteTime time) {
      return new Upsert(id, vector, time, condition);
    }

    @Override
    public Upsert unconditional() {
      return new Upsert(id, vector, time, Condition.UNCONDITIONAL);
    }

    @Override
    public Upsert accepted(UnaryOperator<Vector> accept) {
      return new Upsert(id, accept.apply(vector), time, condition);
    }
  }

  /** Removes an existing id, leaving a tombstone. */
  record Remove(VectorId id, WriteTime time, Condition condition) implements Mutation {
    public Remove(VectorId id, WriteTime time) {
      this(id, time, Condition.CHECKED);
    }

    @Override
    public Optional<Vector> content() {
      return Optional.empty();
    }

    @Override
    public Remove at(WriteTime time) {
      return new Remove(id, time, condition);
    }

    @Override
    public Remove unconditional() {
      return new Remove(id, time, Condition.UNCONDITIONAL);
    }

    @Override
    public Remove accepted(UnaryOperator<Vector> accept) {
      return this;
    }
  }
}
