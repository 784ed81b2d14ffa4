package dev.kagami.agent.log;

import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.activemq.artemis.core.io.SequentialFileFactory;
import org.apache.activemq.artemis.core.journal.IOCompletion;
import org.apache.activemq.artemis.core.journal.impl.JournalImpl;
import org.apache.activemq.artemis.core.journal.impl.dataformat.ByteArrayEncoding;
import org.apache.activemq.artemis.utils.actors.OrderedExecutorFactory;

/** A generation that is being written: a journal of its own, in a directory of its own. */
final class Generation implements WriteAheadLog.Next {
  private static final byte FRAME = 1;

  private final long number;
  private final JournalImpl journal;
  private final LongConsumer written;
  private final Consumer<String> failed;
  private volatile long startsAt;

  /**
   * Makes the first files, which takes its time.
   *
   * @param written is told the numbers that are on disk, and with them all smaller ones here
   * @param failed is told why nothing more will be
   */
  Generation(
      long number,
      Path folder,
      int fileBytes,
      SequentialFileFactory files,
      Executor executor,
      LongConsumer written,
      Consumer<String> failed) {
    this.number = number;
    this.written = written;
    this.failed = failed;
    this.journal =
        new JournalImpl(
            new OrderedExecutorFactory(executor),
            fileBytes,
            2,
            2,
            0,
            0,
            files,
            LogDirectory.PREFIX,
            LogDirectory.EXTENSION,
            1,
            0);
    journal.setCriticalErrorListener((error, message, file) -> failed.accept(message + in(file)));
    try {
      journal.start();
      journal.loadInternalOnly();
    } catch (Exception error) { // the journal declares no narrower one
      throw new IllegalStateException("the log in " + folder + " cannot be begun", error);
    }
  }

  private static String in(Object file) {
    return " in " + file;
  }

  long number() {
    return number;
  }

  /** Notes how many bytes the log had when this began. */
  void startsAt(long bytes) {
    startsAt = bytes;
  }

  long startsAt() {
    return startsAt;
  }

  /** Hands {@code frame}, with the number {@code seq}, to the journal; does not wait for it. */
  void append(long seq, byte[] frame) throws Exception {
    journal.appendAddRecord(seq, FRAME, new ByteArrayEncoding(frame), true, new Completion(seq));
  }

  /** Waits for what was appended, and ends. */
  void stop() throws Exception {
    journal.stop();
  }

  /** Hears from the journal what became of an entry. */
  private final class Completion implements IOCompletion {
    private final long seq;

    Completion(long seq) {
      this.seq = seq;
    }

    @Override
    public void storeLineUp() {}

    @Override
    public void done() {
      written.accept(seq);
    }

    @Override
    public void onError(int code, String message) {
      failed.accept("entry " + seq + " could not be written: " + message);
    }
  }
}
