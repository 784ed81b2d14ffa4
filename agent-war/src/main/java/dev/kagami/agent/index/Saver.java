package dev.kagami.agent.index;

import dev.kagami.agent.checkpoint.CheckpointState;
import dev.kagami.agent.checkpoint.Difference;
import dev.kagami.agent.checkpoint.SavedMark;
import dev.kagami.agent.checkpoint.SavedVersion;
import dev.kagami.agent.log.LogPosition;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.FailedPrecondition;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.Stamp;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Saves checkpoints, one at a time, on the executor it was given. Writes and searches go on: only
 * the cut, which takes what is to be saved out of the way, is a turn of its own. Thread-safe.
 */
final class Saver {
  private static final Logger LOGGER = System.getLogger(Saver.class.getName());

  private final Ledger ledger;
  private final GraphSaver graphs;
  private final Saving saving;
  private final InstantSource clock;

  // Guarded by this.
  private Optional<CompletableFuture<Void>> wanted = Optional.empty();
  private boolean running;
  private Optional<Instant> unsavedSince = Optional.empty();

  /** How many records had been performed when the last cut was made. */
  private volatile long saved;

  private volatile boolean stopped;
  private volatile Optional<String> failure = Optional.empty();

  /** All that a checkpoint holds more than the one before, and where of the log it was made. */
  private record Cut(
      LogPosition position,
      Contents contents,
      int entered,
      Unsaved unsaved,
      long lastChange,
      Stamp greatest,
      Stamp flushed,
      Stamp trimmed,
      List<Stamp> settled) {}

  Saver(Ledger ledger, GraphSaver graphs, Saving saving, InstantSource clock) {
    this.ledger = ledger;
    this.graphs = graphs;
    this.saving = saving;
    this.clock = clock;
  }

  /** Ends when all that was written before the call is in a checkpoint, or else in the log. */
  CompletionStage<Void> save() {
    if (!saving.checkpoints().isKept()) {
      return ledger.log().durable(ledger.contents().lastChange());
    }
    CompletableFuture<Void> end;
    boolean idle;
    synchronized (this) {
      if (stopped) {
        return CompletableFuture.failedStage(stopping());
      }
      end = wanted.orElseGet(CompletableFuture::new);
      wanted = Optional.of(end);
      idle = !running;
      running = true;
    }
    if (idle) {
      saving.executor().execute(this::run);
    }
    return end;
  }

  /** Saves if there is reason to; to be called after each write and from time to time. */
  void saveIfDue() {
    if (isDue() && saving.checkpoints().isKept() && failure().isEmpty() && !isSaving()) {
      var _ = save();
    }
  }

  private boolean isDue() {
    var triggers = saving.triggers();
    long records = ledger.performed() - saved;
    return records > 0
        && (records >= triggers.records() || ledger.log().bytes() >= triggers.logBytes());
  }

  /** Notes that time passes, and saves what has waited too long. */
  void tick() {
    if (isBehind() && isOld()) {
      var _ = save();
    }
    saveIfDue();
  }

  /** Whether there is something to save; the linker may be done long after the last record. */
  private boolean isBehind() {
    return ledger.performed() > saved || graphs.isDue();
  }

  private synchronized boolean isOld() {
    var now = clock.instant();
    unsavedSince = Optional.of(unsavedSince.orElse(now));
    return failure().isEmpty()
        && !running
        && saving.checkpoints().isKept()
        && !now.isBefore(unsavedSince.get().plus(saving.triggers().age()));
  }

  synchronized boolean isSaving() {
    return running;
  }

  /** Why nothing can be saved any more, if so. */
  Optional<String> failure() {
    return saving.checkpoints().failure().or(() -> failure);
  }

  /** Saves nothing more; what is being saved is given up. */
  void stop() {
    Optional<CompletableFuture<Void>> waiting;
    synchronized (this) {
      stopped = true;
      waiting = wanted;
      wanted = Optional.empty();
    }
    waiting.ifPresent(end -> end.completeExceptionally(stopping()));
  }

  /** Saves, and copies what was saved to {@code folder}. */
  CompletionStage<Void> backUp(Path folder) {
    if (!saving.checkpoints().isKept()) {
      return CompletableFuture.failedStage(
          new FailedPrecondition("there is nothing to back up: the agent keeps all in memory"));
    }
    return save().thenRunAsync(() -> saving.checkpoints().backUp(folder), saving.executor());
  }

  private void run() {
    for (var end = next(); end.isPresent(); end = next()) {
      save(end.get());
    }
  }

  private synchronized Optional<CompletableFuture<Void>> next() {
    var next = wanted;
    wanted = Optional.empty();
    running = next.isPresent();
    return next;
  }

  private void save(CompletableFuture<Void> end) {
    try {
      failure()
          .ifPresent(cause -> {
            throw new Unavailable(cause);
          });
      if (isBehind()) {
        checkpoint();
      }
      end.complete(null);
    } catch (ValdException refused) {
      end.completeExceptionally(refused); // the log says why, and so does the agent
    } catch (RuntimeException fault) {
      if (!stopped) {
        LOGGER.log(Level.ERROR, "THE AGENT IS READ-ONLY UNTIL IT IS RESTARTED", fault);
        failure = Optional.of("a checkpoint failed: " + fault);
      }
      end.completeExceptionally(new Unavailable("the index was not saved: " + fault));
    }
  }

  /**
   * 1. Makes the log's next generation ready. 2. In a turn: begins it, and takes what changed. 3.
   * Waits until the log is durable up to there, so that no checkpoint is ahead of it. 4. Saves. 5.
   * Forgets the log before.
   */
  private void checkpoint() {
    var log = ledger.log();
    var next = log.prepare();
    var cut = ledger.inTurn(() -> cut(log.begin(next)));
    try {
      save(cut);
    } finally {
      cut.contents().readers().leave(cut.entered());
    }
    log.forget(cut.position());
    graphs.forgetOthers();
  }

  private void save(Cut cut) {
    var log = ledger.log();
    log.durable(cut.position().seq() + 1).toCompletableFuture().join();
    var unsaved = cut.unsaved();
    var graph = graphs.save(cut.position().seq());
    saving
        .checkpoints()
        .save(
            new Difference(
                () ->
                    unsaved.versions().values().stream()
                        .map(stored -> saved(cut.contents(), stored))
                        .iterator(),
                unsaved.marks().entrySet().stream()
                    .map(mark -> new SavedMark(mark.getKey(), mark.getValue()))
                    .toList(),
                unsaved.gone()),
            new CheckpointState(
                cut.position(),
                Optional.of(log.identity()),
                cut.lastChange(),
                cut.greatest(),
                cut.flushed(),
                cut.trimmed(),
                cut.settled(),
                graph));
  }

  private Cut cut(LogPosition position) {
    var contents = ledger.contents();
    synchronized (this) {
      unsavedSince = Optional.empty();
    }
    saved = ledger.performed();
    return new Cut(
        position,
        contents,
        contents.readers().enter(), // what is cut now is read slot by slot later
        contents.takeUnsaved(),
        contents.lastChange(),
        contents.greatestStamp(),
        contents.flushed(),
        contents.trimmed(),
        contents.settledUpTo());
  }

  /** The contents are those of the cut: a flush may have made new ones since. */
  private SavedVersion saved(Contents contents, StoredVersion stored) {
    if (stopped) {
      throw stopping();
    }
    return new SavedVersion(
        stored.seq(),
        stored.head().isVector() ? contents.origins().of(stored.slot()) : 0,
        stored.settled(),
        stored.entry(contents.chunks()).version());
  }

  private static Unavailable stopping() {
    return new Unavailable("the agent stops");
  }
}
