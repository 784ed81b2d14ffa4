package dev.kagami.mirror.compensation;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.Stamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A journal on a disk that is a list. What is written reaches the disk, in order, a while later; a
 * crash in between takes it back, all of it or from some record on. Not thread-safe: for one thread
 * and virtual time.
 */
public final class InMemoryCompensationJournal implements CompensationJournal {
  /** What a disk holds. */
  public sealed interface Item {
    record Entry(JournalEntry entry) implements Item {}

    record Bound(Stamp bound) implements Item {}
  }

  private final Scheduler scheduler;
  private final Duration fsync;
  private final Consumer<Runnable> effects;
  private final Contents contents;
  private final List<Item> disk;
  private final List<Item> unsynced = new ArrayList<>();
  private boolean broken;

  /** A journal on an empty disk, of a process that never dies. */
  public InMemoryCompensationJournal(Scheduler scheduler, Duration fsync) {
    this(scheduler, fsync, Runnable::run, List.of());
  }

  /**
   * A journal on a disk that holds {@code disk}.
   *
   * @param effects runs each append and each sync, unless its process is dead
   */
  public InMemoryCompensationJournal(
      Scheduler scheduler, Duration fsync, Consumer<Runnable> effects, List<Item> disk) {
    this.scheduler = scheduler;
    this.fsync = fsync;
    this.effects = effects;
    this.disk = new ArrayList<>(disk);
    this.contents = read(disk);
  }

  private static Contents read(List<Item> disk) {
    var entries = new TreeMap<Stamp, JournalEntry>();
    var bound = Stamp.NONE;
    for (var item : disk) {
      switch (item) {
        case Item.Entry(var entry) when entry.isEnded() -> entries.remove(entry.stamp());
        case Item.Entry(var entry) -> entries.put(entry.stamp(), entry);
        case Item.Bound(var reserved) -> bound = reserved;
      }
    }
    return new Contents(List.copyOf(entries.values()), bound);
  }

  /**
   * What the next process finds after a crash now.
   *
   * @param survivors how many of the records that were not durable are there all the same
   */
  public List<Item> afterCrash(int survivors) {
    var found = new ArrayList<>(disk);
    found.addAll(unsynced.subList(0, Math.min(survivors, unsynced.size())));
    return found;
  }

  /** From now on nothing can be written, as with a full disk. */
  public void breakDown() {
    broken = true;
  }

  /** From now on it can be written again. */
  public void repair() {
    broken = false;
  }

  /** All that is durable, oldest first. */
  public List<Item> disk() {
    return List.copyOf(disk);
  }

  @Override
  public Contents contents() {
    return contents;
  }

  @Override
  public CompletionStage<Void> write(JournalEntry entry) {
    return append(new Item.Entry(entry), !entry.isEnded());
  }

  @Override
  public CompletionStage<Void> reserve(Stamp bound) {
    return append(new Item.Bound(bound), true);
  }

  private CompletionStage<Void> append(Item item, boolean durably) {
    if (broken) {
      return CompletableFuture.failedStage(new Unavailable("the journal's disk is full"));
    }
    effects.accept(() -> unsynced.add(item));
    var synced = new CompletableFuture<Void>();
    if (durably) {
      scheduler.after(
          fsync,
          () -> {
            effects.accept(() -> syncUpTo(item));
            synced.complete(null);
          });
    } else {
      synced.complete(null);
    }
    return synced;
  }

  private void syncUpTo(Item item) {
    var now = unsynced.subList(0, unsynced.indexOf(item) + 1);
    disk.addAll(now);
    now.clear();
  }
}
