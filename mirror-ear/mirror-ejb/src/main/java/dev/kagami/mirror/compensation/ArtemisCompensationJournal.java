package dev.kagami.mirror.compensation;

import dev.kagami.core.store.Stamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * A journal in the files of Apache Artemis' journal. Life: {@link #open}, which blocks on the disk,
 * then writes that do not, then {@link #close}, which does. Thread-safe.
 *
 * <p>When a generation of files has grown, a new one begins with what is still open, and the old
 * one is deleted: the library's own compaction leaves gaps, and then a lost record cannot be told
 * from a deleted one. After an I/O error nothing is tried again: every write is UNAVAILABLE, and a
 * restart finds out what the disk holds.
 */
public final class ArtemisCompensationJournal implements CompensationJournal, AutoCloseable {
  private static final Logger LOGGER = System.getLogger(ArtemisCompensationJournal.class.getName());

  /**
   * How big files may grow.
   *
   * @param file length of each file, in bytes; two are made at each start
   * @param generation bytes after which a new generation begins
   */
  record Size(int file, long generation) {
    static final Size DEFAULT = new Size(4 << 20, 16 << 20);
  }

  private final Path root;
  private final Size size;
  private final Executor executor;
  private final JournalDirectory directory;
  private final Contents contents;

  // All state below is guarded by this.
  private final JournalState state;
  private JournalGeneration generation;
  private Optional<String> failure = Optional.empty();
  private CompletableFuture<Void> renewal = CompletableFuture.completedFuture(null);

  /**
   * Reads what lies in {@code root}, or begins there.
   *
   * @param root a directory of its own
   * @param executor runs what blocks on the disk and what waits for it, two tasks at a time at
   *     least; never to be interrupted, since that closes files
   * @throws JournalDamagedException if something that had been durable is missing
   * @throws IllegalStateException if another process has the directory
   * @throws UncheckedIOException if the directory cannot be used
   */
  public static ArtemisCompensationJournal open(Path root, Executor executor) {
    return open(root, Size.DEFAULT, executor);
  }

  static ArtemisCompensationJournal open(Path root, Size size, Executor executor) {
    try {
      var directory = JournalDirectory.open(root);
      try {
        return new ArtemisCompensationJournal(root, size, executor, directory);
      } catch (IOException | RuntimeException failed) {
        directory.close();
        throw failed;
      }
    } catch (IOException error) {
      throw new UncheckedIOException("the compensation journal in " + root + " fails", error);
    }
  }

  private ArtemisCompensationJournal(
      Path root, Size size, Executor executor, JournalDirectory directory) throws IOException {
    this.root = root;
    this.size = size;
    this.executor = executor;
    this.directory = directory;
    var found = directory.generations();
    this.contents = read(found);
    this.state = JournalState.of(contents);
    this.generation = begin(found.isEmpty() ? 1 : found.getLast() + 1);
    try {
      generation.append(state.beginning()).join();
    } catch (CompletionException failed) {
      generation.stop();
      throw failed;
    }
    for (long old : found) {
      directory.delete(old);
    }
  }

  /**
   * The newest generation that has begun counts. The one before it is deleted only after that, so
   * where the newest has not, that one is there; only the very first has none before it.
   */
  private Contents read(List<Long> found) throws IOException {
    for (long number : found.reversed()) {
      var read = new JournalReader(directory.path(number), directory.files(number)).read();
      if (read.isPresent()) {
        return read.get();
      }
    }
    if (!found.isEmpty() && found.getFirst() != 1) {
      throw new JournalDamagedException(root, "generation " + found.getFirst() + " is empty");
    }
    return Contents.EMPTY;
  }

  private JournalGeneration begin(long number) throws IOException {
    return new JournalGeneration(
        number, directory.begin(number), size.file(), executor, this::fail);
  }

  @Override
  public Contents contents() {
    return contents;
  }

  @Override
  public CompletionStage<Void> write(JournalEntry entry) {
    return append(new JournalItem.Entry(entry), !entry.isEnded());
  }

  @Override
  public CompletionStage<Void> reserve(Stamp bound) {
    return append(new JournalItem.Bound(bound), true);
  }

  private synchronized CompletionStage<Void> append(JournalItem item, boolean durably) {
    if (failure.isPresent()) {
      return CompletableFuture.failedStage(JournalGeneration.unavailable(failure.get()));
    }
    state.add(item);
    if (renewal.isDone() && generation.bytes() > size.generation()) {
      renewal = renew();
    }
    if (durably) {
      return generation.append(List.of(item));
    }
    generation.appendLazily(item);
    return CompletableFuture.completedStage(null);
  }

  /**
   * 1. Makes the files of the next generation. 2. In one instant, has it begin with all that is
   * open, and leads every further write there. 3. Once the beginning is durable, deletes the old
   * one; until then a crash finds both, and the old one counts.
   */
  private CompletableFuture<Void> renew() {
    long number = generation.number() + 1;
    return CompletableFuture.supplyAsync(() -> swap(beginUnchecked(number)), executor)
        .thenCompose(old -> old.begun().thenRunAsync(() -> retire(old.generation()), executor))
        .whenComplete((_, failed) -> {
          if (failed != null) {
            fail("a new generation cannot take over: " + failed);
          }
        });
  }

  /** A generation that takes no more writes, and when the one after it is durable. */
  private record Old(JournalGeneration generation, CompletableFuture<Void> begun) {}

  private synchronized Old swap(JournalGeneration next) {
    var old = new Old(generation, next.append(state.beginning()));
    generation = next;
    return old;
  }

  private JournalGeneration beginUnchecked(long number) {
    try {
      return begin(number);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private void retire(JournalGeneration old) {
    try {
      old.stop();
      directory.delete(old.number());
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private void fail(String cause) {
    synchronized (this) {
      if (failure.isPresent()) {
        return;
      }
      failure = Optional.of(cause);
    }
    LOGGER.log(
        Level.ERROR,
        "THE MIRROR TAKES NO WRITES UNTIL IT IS RESTARTED: journal in {0}: {1}",
        root,
        cause);
  }

  /** Why nothing can be written any more, if so. */
  public synchronized Optional<String> failure() {
    return failure;
  }

  /** Forces everything to disk and takes no more writes; blocks until that is done. */
  @Override
  public void close() throws IOException {
    // twice, so that the second says of all before the first that it is durable
    flush();
    flush();
    last().handle((_, _) -> null).join();
    generation.stop();
    directory.close();
  }

  private void flush() {
    reserve(Stamp.NONE).handle((_, _) -> null).toCompletableFuture().join();
  }

  private synchronized CompletableFuture<Void> last() {
    failure = failure.or(() -> Optional.of("it is closed"));
    return renewal;
  }
}
