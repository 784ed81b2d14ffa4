package dev.kagami.mirror.replication;

import dev.kagami.core.store.Applied;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ChangePosition;
import dev.kagami.core.store.ForwardingVectorStore;
import dev.kagami.core.store.Horizon;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.Location;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.vector.VectorId;
import dev.kagami.mirror.compensation.CompensationJournal;
import dev.kagami.mirror.compensation.JournalEntry;
import dev.kagami.mirror.mesh.Dues;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** The mechanism as it is, and ways to build it wrong that a test has to notice. */
public enum Variant {
  RIGHT,
  NO_JOURNAL,
  UNDO_ONLY_WHERE_OK,
  UNDO_AFTER_EVERY_CRASH,
  SETTLED_TOO_EARLY,
  OLDER_DROPPED_AT_ONCE,
  NO_VOID_MARKS,
  SILENCE_COUNTS_AS_CAUGHT_UP,
  CONNECTED_BY_ITS_FIRST_ANSWER,
  UNDO_BEFORE_THE_DECISION_IS_DURABLE,
  FORGETS_WHAT_IS_YOUNG,
  FORGETS_WHAT_A_TARGET_LACKS;

  /** What stands between a process and its journal. */
  public CompensationJournal journal(CompensationJournal right) {
    return switch (this) {
      case RIGHT,
          UNDO_ONLY_WHERE_OK,
          UNDO_AFTER_EVERY_CRASH,
          SETTLED_TOO_EARLY,
          OLDER_DROPPED_AT_ONCE,
          NO_VOID_MARKS,
          SILENCE_COUNTS_AS_CAUGHT_UP,
          CONNECTED_BY_ITS_FIRST_ANSWER,
          FORGETS_WHAT_IS_YOUNG,
          FORGETS_WHAT_A_TARGET_LACKS ->
          right;
      case NO_JOURNAL -> new Forgetful();
      case UNDO_BEFORE_THE_DECISION_IS_DURABLE -> new Hasty(right);
    };
  }

  /**
   * What stands between a process and a site.
   *
   * @param home whether it is the process's own
   */
  public UnaryOperator<VectorStore> bend(boolean home) {
    return switch (this) {
      case RIGHT, NO_JOURNAL, CONNECTED_BY_ITS_FIRST_ANSWER, UNDO_BEFORE_THE_DECISION_IS_DURABLE ->
          way -> way;
      case UNDO_ONLY_WHERE_OK -> Sparing::new;
      case UNDO_AFTER_EVERY_CRASH -> home ? Blind::new : way -> way;
      case SETTLED_TOO_EARLY -> Early::new;
      case OLDER_DROPPED_AT_ONCE -> Rash::new;
      case NO_VOID_MARKS -> Unforgiving::new;
      case SILENCE_COUNTS_AS_CAUGHT_UP -> home ? way -> way : Hopeful::new;
      case FORGETS_WHAT_IS_YOUNG -> Impatient::new;
      case FORGETS_WHAT_A_TARGET_LACKS -> Careless::new;
    };
  }

  /** What is waited for before a target counts as connected. */
  public Dues dues(Dues right) {
    return this == CONNECTED_BY_ITS_FIRST_ANSWER
        ? _ -> CompletableFuture.completedStage(true)
        : right;
  }

  private static final class Forgetful implements CompensationJournal {
    @Override
    public Contents contents() {
      return Contents.EMPTY;
    }

    @Override
    public CompletionStage<Void> write(JournalEntry entry) {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> reserve(Stamp bound) {
      return CompletableFuture.completedStage(null);
    }
  }

  private record Hasty(CompensationJournal journal) implements CompensationJournal {
    @Override
    public Contents contents() {
      return journal.contents();
    }

    @Override
    public CompletionStage<Void> write(JournalEntry entry) {
      var written = journal.write(entry);
      return entry.status() == JournalEntry.Status.COMPENSATING
          ? CompletableFuture.completedStage(null)
          : written;
    }

    @Override
    public CompletionStage<Void> reserve(Stamp bound) {
      return journal.reserve(bound);
    }
  }

  /** Undoes nothing where the write was not answered with OK. */
  private static final class Sparing extends ForwardingVectorStore {
    private final Set<Stamp> answered = new HashSet<>();
    private final Set<Stamp> sent = new HashSet<>();

    Sparing(VectorStore way) {
      super(way);
    }

    @Override
    public CompletionStage<Applied> apply(Mutation mutation, CallContext context) {
      sent.add(mutation.time().stamp());
      return super.apply(mutation, context)
          .whenComplete((_, failure) -> {
            if (failure == null) {
              answered.add(mutation.time().stamp());
            }
          });
    }

    @Override
    public CompletionStage<Void> revoke(VoidMark mark, CallContext context) {
      return sent.contains(mark.stamp()) && !answered.contains(mark.stamp())
          ? CompletableFuture.completedStage(null)
          : super.revoke(mark, context);
    }
  }

  /** Lets a recovery see nothing. */
  private static final class Blind extends ForwardingVectorStore {
    Blind(VectorStore way) {
      super(way);
    }

    @Override
    public CompletionStage<Kept> find(VectorId id, CallContext context) {
      return CompletableFuture.completedStage(Kept.nothing(id));
    }
  }

  /** Says of what is not decided yet that it is. */
  private static final class Early extends ForwardingVectorStore {
    private static final long A_WHILE = Duration.ofSeconds(10).toNanos() >> Stamp.WRITER_BITS;

    Early(VectorStore way) {
      super(way);
    }

    @Override
    public CompletionStage<Void> settle(Stamp settled, CallContext context) {
      return super.settle(new Stamp(settled.value() + (A_WHILE << Stamp.WRITER_BITS)), context);
    }
  }

  /** Takes everything for old. */
  private static final class Impatient extends ForwardingVectorStore {
    Impatient(VectorStore way) {
      super(way);
    }

    @Override
    public CompletionStage<Void> trim(Horizon horizon, CallContext context) {
      var now = new Stamp(horizon.upTo().value() + Duration.ofMinutes(1).toNanos());
      return super.trim(new Horizon(now, horizon.known()), context);
    }
  }

  /** Asks nobody what it knows. */
  private static final class Careless extends ForwardingVectorStore {
    Careless(VectorStore way) {
      super(way);
    }

    @Override
    public CompletionStage<Void> trim(Horizon horizon, CallContext context) {
      var all =
          horizon.known().stream()
              .map(position -> new ChangePosition(position.log(), Long.MAX_VALUE))
              .toList();
      return super.trim(new Horizon(horizon.upTo(), all), context);
    }
  }

  /** Takes every answer to a version that is sent whatever is there for an acknowledgement. */
  private static final class Hopeful extends ForwardingVectorStore {
    Hopeful(VectorStore way) {
      super(way);
    }

    @Override
    public CompletionStage<Applied> apply(Mutation mutation, CallContext context) {
      var sent = super.apply(mutation, context);
      if (!mutation.condition().isUnconditional()) {
        return sent;
      }
      var nowhere = new Location("nowhere", mutation.id(), List.of());
      return CompletableFuture.completedStage(
          new Applied(Applied.Standing.TOP, Optional.empty(), nowhere));
    }
  }

  /** Tells nobody to undo anything. */
  private static final class Unforgiving extends ForwardingVectorStore {
    Unforgiving(VectorStore way) {
      super(way);
    }

    @Override
    public CompletionStage<Void> revoke(VoidMark mark, CallContext context) {
      return CompletableFuture.completedStage(null);
    }
  }

  /** Calls a write settled as soon as this site has it. */
  private static final class Rash extends ForwardingVectorStore {
    Rash(VectorStore way) {
      super(way);
    }

    @Override
    public CompletionStage<Applied> apply(Mutation mutation, CallContext context) {
      return super.apply(mutation, context)
          .thenCompose(applied -> settle(mutation.time().stamp(), context).thenApply(_ -> applied));
    }
  }
}
