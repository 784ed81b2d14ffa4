package dev.kagami.mirror.compensation;

import static dev.kagami.mirror.compensation.Entries.entry;

import dev.kagami.core.AtTheRim;
import dev.kagami.mirror.compensation.ArtemisCompensationJournal.Size;
import dev.kagami.mirror.compensation.JournalEntry.Status;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * A process that writes entries until it is killed, and tells each number once it is durable. Ends
 * every third entry.
 */
final class JournalWriter {
  private JournalWriter() {}

  @AtTheRim("main method")
  public static void main(String[] args) throws InterruptedException {
    var executor = Executors.newCachedThreadPool(Thread.ofPlatform().name("journal-", 0).factory());
    var journal =
        ArtemisCompensationJournal.open(Path.of(args[0]), new Size(4 << 20, 100_000), executor);
    var out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    var inFlight = new Semaphore(32);
    for (long i = Long.parseLong(args[1]); ; i++) {
      long number = i;
      inFlight.acquire();
      journal
          .write(entry(number))
          .thenRun(() -> {
            out.println(number);
            if (number % 3 == 0) {
              journal.write(entry(number).with(Status.COMPLETED));
            }
            inFlight.release();
          });
    }
  }
}
