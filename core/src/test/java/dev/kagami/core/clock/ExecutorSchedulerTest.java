package dev.kagami.core.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExecutorSchedulerTest {
  private static final Instant NOW = Instant.parse("2031-01-02T03:04:05Z");
  private static final int LIMIT_SECONDS = 10;

  private final CompletableFuture<Throwable> uncaught = new CompletableFuture<>();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "timer");
        thread.setUncaughtExceptionHandler((_, failure) -> uncaught.complete(failure));
        return thread;
      });
  private final ExecutorScheduler scheduler = new ExecutorScheduler(executor, () -> NOW);

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  @Test
  void clockIsInjected_itIsTheOneThatIsRead() {
    assertThat(scheduler.instant()).isEqualTo(NOW);
  }

  @Test
  void taskIsDue_runsOnTheExecutor() throws Exception {
    var thread = new CompletableFuture<String>();

    scheduler.after(Duration.ofNanos(1), () -> thread.complete(Thread.currentThread().getName()));

    assertThat(thread.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("timer");
  }

  @Test
  void taskIsCancelledBeforeItsTurn_neverRuns() throws Exception {
    var busy = new CountDownLatch(1);
    var ran = new CompletableFuture<Void>();
    scheduler.after(Duration.ZERO, () -> awaitOpen(busy));
    var timer = scheduler.after(Duration.ZERO, () -> ran.complete(null));

    timer.cancel();
    timer.cancel();
    busy.countDown();
    executor.submit(() -> {}).get(LIMIT_SECONDS, TimeUnit.SECONDS);

    assertThat(ran).isNotDone();
  }

  @Test
  void delayBeyondALongOfNanoseconds_waitsInsteadOfFailing() {
    var timers = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "far"));
    timers.setRemoveOnCancelPolicy(true);
    timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    try (timers) {
      var far =
          new ExecutorScheduler(timers, () -> NOW)
              .after(Duration.ofSeconds(Long.MAX_VALUE), () -> {});

      assertThat(timers.getQueue()).hasSize(1);

      far.cancel();
      assertThat(timers.getQueue()).isEmpty();
    }
  }

  @Test
  void taskThrows_itsThreadsHandlerIsTold() throws Exception {
    var fault = new IllegalStateException("broken task");

    scheduler.after(
        Duration.ZERO,
        () -> {
          throw fault;
        });

    assertThat(uncaught.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isSameAs(fault);
  }

  private static void awaitOpen(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
