package dev.kagami.mirror.replication;

import dev.kagami.core.clock.Scheduler;
import java.time.Duration;
import java.time.Instant;

/**
 * The life of a process, measured in what it does to the world: a record appended or made durable,
 * a request sent, a client answered. It dies right after the last one; what its code goes on to do
 * then has no effect.
 */
public final class Fuse {
  private int length;
  private int effects;
  private Runnable whenBurnt = () -> {};

  /** A process that dies after {@code length} effects. */
  public Fuse(int length) {
    this.length = length;
  }

  public static Fuse endless() {
    return new Fuse(Integer.MAX_VALUE);
  }

  /** Told in the instant of death. */
  public void whenBurnt(Runnable told) {
    whenBurnt = told;
  }

  /** Runs {@code effect} if the process is alive. */
  public void run(Runnable effect) {
    if (isBurnt()) {
      return;
    }
    effect.run();
    effects++;
    if (isBurnt()) {
      whenBurnt.run();
    }
  }

  /** The process dies after so many more effects. */
  public void burnAfter(int more) {
    length = Math.min(length, effects + more);
  }

  /** The process dies now; nobody is told. */
  public void burn() {
    length = effects;
  }

  public boolean isBurnt() {
    return effects >= length;
  }

  /** How much was done so far. */
  public int effects() {
    return effects;
  }

  /** The timers of this process: they die with it. */
  public Scheduler timers(Scheduler world) {
    return new Scheduler() {
      @Override
      public Cancellable after(Duration delay, Runnable task) {
        return world.after(
            delay,
            () -> {
              if (!isBurnt()) {
                task.run();
              }
            });
      }

      @Override
      public Instant instant() {
        return world.instant();
      }
    };
  }
}
