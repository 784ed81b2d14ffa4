package dev.kagami.agent.log;

import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.vector.VectorSpace;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.activemq.artemis.core.io.SequentialFileFactory;
import org.apache.activemq.artemis.core.io.nio.NIOSequentialFileFactory;

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

  private final Path root;
  private final VectorSpace space;
  private final int fileBytes;
  private final Executor executor;
  private final Function<File, SequentialFileFactory> factories;
  private final Acknowledgements acknowledgements = new Acknowledgements();

  // Set by replay, before anything is appended; then guarded by the callers' turns.
  private LogDirectory directory;
  private UUID identity;
  private Generation current;
  private long next;

  /** Those before the current one that are still open; for the thread that sees to generations. */
  private final Deque<Generation> older = new ArrayDeque<>();

  /** What was appended, also before this start, and how much of it is forgotten. */
  private final AtomicLong appendedBytes = new AtomicLong();

  private volatile long forgottenBytes;

  /** A log that forces every batch to disk. */
  public ArtemisWriteAheadLog(Path root, VectorSpace space, int fileBytes, Executor executor) {
    this(root, space, fileBytes, executor, Durability.FSYNC);
  }

  /**
   * @param root a directory of its own
   * @param space what the vectors are, which never changes
   * @param fileBytes length of each file, 4 MiB or more; two of them are made at each start
   * @param executor runs the journal's tasks, two at a time at least; never to be interrupted,
   *     since that closes files
   * @param durability what is told to be durable when the operating system has it, or the disk
   */
  public ArtemisWriteAheadLog(
      Path root, VectorSpace space, int fileBytes, Executor executor, Durability durability) {
    this(
        root,
        space,
        fileBytes,
        executor,
        folder ->
            new NIOSequentialFileFactory(folder, true, BUFFER_BYTES, FLUSH_NANOS, 1, false)
                .setDatasync(durability == Durability.FSYNC));
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
  public void replay(LogPosition covered, Replay target) {
    try {
      directory = LogDirectory.open(root);
      directory.check(space);
      identity = directory.identity();
      read(covered, target);
    } catch (IOException error) {
      throw new UncheckedIOException("the log in " + root + " cannot be read", error);
    }
  }

  /**
   * 1. Reads all generations that are not covered, oldest first. 2. Stops at damage: nothing is
   * changed on disk. 3. Begins the next generation and has it on disk. 4. Only then trims the older
   * ones and deletes those that are covered.
   */
  private void read(LogPosition covered, Replay target) throws IOException {
    var reader = new LogReader(covered.seq(), target);
    var files = new ArrayList<LogFile.Extent>();
    var uncut = new ArrayList<LogFile.Extent>();
    for (var generation : directory.generations(covered.generation())) {
      var found = new ArrayList<LogFile.Extent>();
      reader.generation();
      for (var file : LogDirectory.files(generation)) {
        found.add(new LogFile(file).read(reader));
      }
      if (!reader.isContinued()) {
        uncut.clear();
      }
      uncut.addAll(found);
      files.addAll(found);
    }
    reader.end(uncut);
    reader.tornEnds().forEach(end -> LOGGER.log(Level.WARNING, "Log in {0}: {1}", root, end));
    next = reader.next();
    var damages = new ArrayList<>(reader.damages());
    if (next == covered.seq() + 1 && directory.wasUsed()) {
      damages.add("all of it is gone");
    }
    if (!damages.isEmpty()) {
      fail("the log in " + root + " is damaged: " + String.join("; ", damages));
      return;
    }
    appendedBytes.set(files.stream().mapToLong(LogFile.Extent::used).sum());
    beginAnew(covered);
    LogDirectory.trim(files);
    directory.deleteBefore(covered.generation());
    directory.deleteEmpty();
    directory.markUsed(space);
  }

  private void beginAnew(LogPosition covered) throws IOException {
    acknowledgements.done(next - 1);
    current = generation(directory.nextGeneration(covered.generation()));
    long begun = append(new LogEntry.Begun(current.number(), fileBytes));
    acknowledgements.durable(begun).toCompletableFuture().join();
  }

  private Generation generation(long number) throws IOException {
    var folder = directory.begin(number);
    return new Generation(
        number,
        folder,
        fileBytes,
        factories.apply(folder.toFile()),
        executor,
        acknowledgements::done,
        this::fail);
  }

  @Override
  public long append(LogRecord record) {
    return append(new LogEntry.Change(record));
  }

  private long append(LogEntry entry) {
    checkFailure();
    var bytes = new LogFrame(next, acknowledgements.durable(), entry).encode();
    try {
      current.append(next, bytes);
    } catch (Exception error) { // the journal declares no narrower one
      fail("appending failed: " + error);
      throw new Unavailable("the log takes nothing more: " + error);
    }
    appendedBytes.addAndGet(bytes.length);
    return next++;
  }

  private void checkFailure() {
    failure()
        .ifPresent(cause -> {
          throw new Unavailable(cause);
        });
  }

  @Override
  public Next prepare() {
    checkFailure();
    try {
      closeOlder();
      return generation(directory.nextGeneration(0));
    } catch (IOException error) {
      throw new UncheckedIOException("the log's next generation cannot be made", error);
    }
  }

  @Override
  public LogPosition begin(Next prepared) {
    var following = (Generation) prepared;
    var position = new LogPosition(next - 1, following.number());
    acknowledgements.separate(next - 1);
    older.add(current);
    current = following;
    following.startsAt(appendedBytes.get());
    var _ = append(new LogEntry.Continued(following.number(), fileBytes));
    return position;
  }

  @Override
  public void forget(LogPosition covered) {
    try {
      closeOlder();
      directory.deleteBefore(covered.generation());
    } catch (IOException error) {
      throw new UncheckedIOException("old generations of the log cannot be deleted", error);
    }
    if (current.number() == covered.generation()) {
      forgottenBytes = current.startsAt();
    }
  }

  /** Waits until all of them is on disk. */
  private void closeOlder() throws IOException {
    while (!older.isEmpty()) {
      try {
        acknowledgements.separated().toCompletableFuture().join();
        older.getFirst().stop();
      } catch (Exception error) { // the journal declares no narrower one
        throw new IOException("an older generation of the log cannot be closed", error);
      }
      older.removeFirst();
    }
  }

  @Override
  public long bytes() {
    return appendedBytes.get() - forgottenBytes;
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
      if (current != null) {
        if (failure().isEmpty()) {
          append(new LogEntry.Ended());
        }
        for (var generation : older) {
          generation.stop();
        }
        current.stop();
      }
      if (directory != null) {
        directory.close();
      }
    } catch (Exception error) { // the journal declares no narrower one
      LOGGER.log(Level.WARNING, "Log in " + root + " was not closed in order", error);
    }
    acknowledgements.fail("the log is closed");
  }
}
