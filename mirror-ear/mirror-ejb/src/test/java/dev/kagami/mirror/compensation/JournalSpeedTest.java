package dev.kagami.mirror.compensation;

import static dev.kagami.mirror.compensation.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.mirror.compensation.JournalEntry.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints what the journal costs on this machine; asserts nothing of it. */
class JournalSpeedTest {
  private static final int WRITES = 20_000;

  @TempDir private Path root;

  @Test
  void oneOrManyAtATime_speedIsPrinted() throws Exception {
    try (var executor =
            Executors.newCachedThreadPool(Thread.ofPlatform().name("journal-", 0).factory());
        var journal = ArtemisCompensationJournal.open(root, executor)) {
      measure(journal, 1, WRITES, 64);
      measure(journal, 1 + WRITES, WRITES, 64);
      measure(journal, 1 + 2 * WRITES, WRITES / 20, 1);
      assertThat(journal.failure()).isEmpty();
    }
  }

  private static void measure(CompensationJournal journal, int first, int writes, int atATime)
      throws IOException, InterruptedException {
    var inFlight = new Semaphore(atATime);
    var nanos = new long[writes];
    long start = System.nanoTime();
    for (int i = 0; i < writes; i++) {
      int number = i;
      inFlight.acquire();
      long sent = System.nanoTime();
      journal
          .write(entry(first + number))
          .thenRun(() -> {
            nanos[number] = System.nanoTime() - sent;
            journal.write(entry(first + number).with(Status.COMPLETED));
            inFlight.release();
          });
    }
    inFlight.acquire(atATime);
    double seconds = (System.nanoTime() - start) / 1e9;
    Arrays.sort(nanos);
    System.out.printf(
        "%d in flight: %.0f durable entries/s, p50 %s, p99 %s%n",
        atATime,
        writes / seconds,
        Duration.ofNanos(nanos[writes / 2]),
        Duration.ofNanos(nanos[writes * 99 / 100]));
  }
}
