package dev.kagami.mirror.compensation;

import dev.kagami.core.error.ValdException.Unavailable;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.activemq.artemis.core.io.nio.NIOSequentialFileFactory;
import org.apache.activemq.artemis.core.journal.IOCompletion;
import org.apache.activemq.artemis.core.journal.impl.JournalImpl;
import org.apache.activemq.artemis.core.journal.impl.dataformat.ByteArrayEncoding;
import org.apache.activemq.artemis.utils.actors.OrderedExecutorFactory;

/**
 * The files of one generation while they are written, by Apache Artemis' journal: it gathers
 * appends and forces each batch to disk before it reports it. Nothing is deleted in it and no file
 * used again. Appends come one at a time; what they complete comes on the executor.
 */
final class JournalGeneration {
  private static final int BUFFER_BYTES = 1 << 20;

  /** The least time from one fsync to the next; what comes meanwhile shares the next one. */
  private static final int FLUSH_NANOS = 500_000;

  private static final byte FRAME = 1;

  private final long number;
  private final Executor executor;
  private final Consumer<String> whenFailed;
  private final JournalImpl journal;
  private final AtomicLong durable = new AtomicLong();

  // Guarded by the turns of those who append.
  private long last;
  private long bytes;

  /**
   * Begins with empty files; blocks on the disk.
   *
   * @param directory empty
   * @param fileBytes length of each file; two are made at once
   * @param whenFailed told why nothing more will be durable, perhaps several times
   */
  JournalGeneration(
      long number, Path directory, int fileBytes, Executor executor, Consumer<String> whenFailed) {
    this.number = number;
    this.executor = executor;
    this.whenFailed = whenFailed;
    var files =
        new NIOSequentialFileFactory(directory.toFile(), true, BUFFER_BYTES, FLUSH_NANOS, 1, false);
    // no compaction (it would leave gaps that cannot be told from damage), no file kept for reuse
    this.journal =
        new JournalImpl(
            new OrderedExecutorFactory(executor),
            fileBytes,
            2,
            2,
            0,
            0,
            files,
            JournalDirectory.PREFIX,
            JournalDirectory.EXTENSION,
            1,
            0);
    journal.setCriticalErrorListener(
        (error, message, file) -> whenFailed.accept(message + " in " + file));
    try {
      journal.start();
      journal.loadInternalOnly();
    } catch (Exception error) { // the library declares no narrower one
      throw new IllegalStateException("a journal in " + directory + " cannot be begun", error);
    }
  }

  long number() {
    return number;
  }

  /** How much was appended. */
  long bytes() {
    return bytes;
  }

  /** Appends all and forces them to disk together. */
  CompletableFuture<Void> append(List<JournalItem> items) {
    var written = new CompletableFuture<Void>();
    items.subList(0, items.size() - 1).forEach(this::appendLazily);
    append(items.getLast(), true, new Forced(last + 1, written));
    return written;
  }

  /** Appends without asking when it will be durable. */
  void appendLazily(JournalItem item) {
    append(item, false, new Unforced());
  }

  private void append(JournalItem item, boolean force, IOCompletion completion) {
    var frame = new JournalFrame(last + 1, durable.get(), item).encode();
    last++;
    bytes += frame.length;
    try {
      journal.appendAddRecord(last, FRAME, new ByteArrayEncoding(frame), force, completion);
    } catch (Exception error) { // the library declares no narrower one
      completion.onError(0, "appending failed: " + error);
    }
  }

  static Unavailable unavailable(String cause) {
    return new Unavailable("the compensation journal cannot be written: " + cause);
  }

  /** Writes out what is left and closes the files; blocks on the disk. */
  void stop() {
    try {
      journal.stop();
    } catch (Exception error) { // the library declares no narrower one
      whenFailed.accept("closing failed: " + error);
    }
  }

  /** Hears from the library of a record that nobody waits for. */
  private class Unforced implements IOCompletion {
    @Override
    public void storeLineUp() {}

    @Override
    public void done() {}

    @Override
    public void onError(int code, String message) {
      whenFailed.accept(message);
    }
  }

  /**
   * Hears from the library of a record that was forced to disk, and all before it with it; on a
   * thread that must not be held up.
   */
  private final class Forced extends Unforced {
    private final long seq;
    private final CompletableFuture<Void> written;

    Forced(long seq, CompletableFuture<Void> written) {
      this.seq = seq;
      this.written = written;
    }

    @Override
    public void done() {
      durable.accumulateAndGet(seq, Math::max);
      executor.execute(() -> written.complete(null));
    }

    @Override
    public void onError(int code, String message) {
      super.onError(code, message);
      executor.execute(() -> written.completeExceptionally(unavailable(message)));
    }
  }
}
