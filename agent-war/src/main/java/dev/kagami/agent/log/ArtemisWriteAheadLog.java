package dev.kagami.agent.log;

import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.vector.VectorSpace;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.activemq.artemis.core.io.SequentialFileFactory;
import org.apache.activemq.artemis.core.io.nio.NIOSequentialFileFactory;
import org.apache.activemq.artemis.core.journal.IOCompletion;
import org.apache.activemq.artemis.core.journal.impl.JournalImpl;
import org.apache.activemq.artemis.core.journal.impl.dataformat.ByteArrayEncoding;
import org.apache.activemq.artemis.utils.actors.OrderedExecutorFactory;

/**
 * A log in the files of an Apache Artemis journal, which batches appends and forces each batch to
 * disk before it reports it. Written by the journal, read by {@link LogReader}, which trusts only
 * the checksum and number in each {@link LogFrame}.
 *
 * <p>After an I/O error or a failed fsync nothing is tried again: what the disk then holds is known
 * only after a restart.
 */
public final class ArtemisWriteAheadLog implements WriteAheadLog {
  private static final Logger LOGGER = System.getLogger(ArtemisWriteAheadLog.class.getName());

  /** The journal refuses a record that is larger. */
  private static final int BUFFER_BYTES = 1 << 20;

  /** All that the journal puts around a record, rounded up. */
  private static final int JOURNAL_BYTES = 64;

  /** The least time from one fsync to the next; what comes meanwhile shares the next one. */
  private static final int FLUSH_NANOS = 500_000;

  private static final byte FRAME = 1;

  private final Path root;
  private final VectorSpace space;
  private final int fileBytes;
  private final Executor executor;
  private final Function<File, SequentialFileFactory> factories;
  private final Acknowledgements acknowledgements = new Acknowledgements();

  // Set by replay, before anything is appended; the number is guarded by the callers' turns.
  private LogDirectory directory;
  private UUID identity;
  private JournalImpl journal;
  private long next;

  /**
   * @param root a directory of its own
   * @param space what the vectors are, which never changes
   * @param fileBytes length of each file, 4 MiB or more; two of them are made at each start
   * @param executor runs the journal's tasks, two at a time at least; never to be interrupted,
   *     since that closes files
   */
  public ArtemisWriteAheadLog(Path root, VectorSpace space, int fileBytes, Executor executor) {
    this(
        root,
        space,
        fileBytes,
        executor,
        folder -> new NIOSequentialFileFactory(folder, true, BUFFER_BYTES, FLUSH_NANOS, 1, false));
  }

  ArtemisWriteAheadLog(
      Path root,
      VectorSpace space,
      int fileBytes,
      Executor executor,
      Function<File, SequentialFileFactory> factories) {
    if (fileBytes < 4 * BUFFER_BYTES) {
      throw new IllegalArgumentException(
          "log file of " + fileBytes + " bytes is shorter than " + 4 * BUFFER_BYTES);
    }
    int most = LogFrame.OVERHEAD + EntryCodec.mostBytes(space.dimension()) + JOURNAL_BYTES;
    if (most > BUFFER_BYTES) {
      throw new IllegalArgumentException(
          "a vector of dimension " + space.dimension() + " does not fit the log's buffer");
    }
    this.root = root;
    this.space = space;
    this.fileBytes = fileBytes;
    this.executor = executor;
    this.factories = factories;
  }

  @Override
  public void replay(Replay target) {
    try {
      directory = LogDirectory.open(root);
      directory.check(space);
      identity = directory.identity();
      read(target);
    } catch (IOException error) {
      throw new UncheckedIOException("the log in " + root + " cannot be read", error);
    }
  }

  /**
   * 1. Reads all generations, oldest first. 2. Stops at damage: nothing is changed on disk. 3.
   * Begins the next generation and has it on disk. 4. Only then trims the older ones.
   */
  private void read(Replay target) throws IOException {
    var reader = new LogReader(target);
    var files = new ArrayList<LogFile.Extent>();
    List<LogFile.Extent> last = List.of();
    for (var generation : directory.generations()) {
      last = new ArrayList<>();
      for (var file : LogDirectory.files(generation)) {
        last.add(new LogFile(file).read(reader));
      }
      files.addAll(last);
    }
    reader.end(last);
    reader.tornEnds().forEach(end -> LOGGER.log(Level.WARNING, "Log in {0}: {1}", root, end));
    next = reader.next();
    var damages = new ArrayList<>(reader.damages());
    if (next == 1 && directory.wasUsed()) {
      damages.add("all of it is gone");
    }
    if (!damages.isEmpty()) {
      fail("the log in " + root + " is damaged: " + String.join("; ", damages));
      return;
    }
    begin();
    LogDirectory.trim(files);
    directory.deleteEmpty();
    directory.markUsed(space);
  }

  private void begin() throws IOException {
    long generation = directory.nextGeneration();
    acknowledgements.done(next - 1);
    start(directory.begin(generation).toFile());
    long begun = append(new LogEntry.Begun(generation, fileBytes));
    acknowledgements.durable(begun).toCompletableFuture().join();
  }

  private void start(File folder) {
    journal =
        new JournalImpl(
            new OrderedExecutorFactory(executor),
            fileBytes,
            2,
            2,
            0,
            0,
            factories.apply(folder),
            LogDirectory.PREFIX,
            LogDirectory.EXTENSION,
            1,
            0);
    journal.setCriticalErrorListener((error, message, file) -> fail(message + " in " + file));
    try {
      journal.start();
      journal.loadInternalOnly();
    } catch (Exception error) { // the journal declares no narrower one
      throw new IllegalStateException("the log in " + folder + " cannot be begun", error);
    }
  }

  @Override
  public long append(LogRecord record) {
    return append(new LogEntry.Change(record));
  }

  private long append(LogEntry entry) {
    failure()
        .ifPresent(cause -> {
          throw new Unavailable(cause);
        });
    var bytes = new LogFrame(next, acknowledgements.durable(), entry).encode();
    try {
      journal.appendAddRecord(
          next, FRAME, new ByteArrayEncoding(bytes), true, new Completion(next));
    } catch (Exception error) { // the journal declares no narrower one
      fail("appending failed: " + error);
      throw new Unavailable("the log takes nothing more: " + error);
    }
    return next++;
  }

  @Override
  public CompletionStage<Void> durable(long seq) {
    return acknowledgements.durable(seq);
  }

  @Override
  public long durable() {
    return acknowledgements.durable();
  }

  @Override
  public UUID identity() {
    return identity;
  }

  @Override
  public Optional<String> failure() {
    return acknowledgements.failure();
  }

  private void fail(String cause) {
    if (acknowledgements.fail(cause)) {
      LOGGER.log(Level.ERROR, "THE AGENT IS READ-ONLY UNTIL IT IS RESTARTED: {0}", cause);
    }
  }

  @Override
  public void close() {
    try {
      if (journal != null) {
        if (failure().isEmpty()) {
          append(new LogEntry.Ended());
        }
        journal.stop();
      }
      if (directory != null) {
        directory.close();
      }
    } catch (Exception error) { // the journal declares no narrower one
      LOGGER.log(Level.WARNING, "Log in " + root + " was not closed in order", error);
    }
    acknowledgements.fail("the log is closed");
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
      acknowledgements.done(seq);
    }

    @Override
    public void onError(int code, String message) {
      fail("entry " + seq + " could not be written: " + message);
    }
  }
}
