package dev.kagami.agent.log;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.core.io.SequentialFile;
import org.apache.activemq.artemis.core.io.SequentialFileFactory;
import org.apache.activemq.artemis.core.io.nio.NIOSequentialFile;
import org.apache.activemq.artemis.core.io.nio.NIOSequentialFileFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log on real files. */
class ArtemisWriteAheadLogTest {
  private static final VectorSpace SPACE = new VectorSpace(3, Metric.L2);
  private static final int FILE_BYTES = 4 << 20;

  @TempDir private Path folder;

  private final ExecutorService pool =
      Executors.newFixedThreadPool(2, Thread.ofPlatform().name("log-", 0).factory());
  private final List<WriteAheadLog> open = new ArrayList<>();

  @AfterEach
  void closeAll() {
    open.forEach(WriteAheadLog::close);
    pool.close();
  }

  @Test
  void logIsReopened_allRecordsComeBackInOrder() throws Exception {
    for (int start = 0; start < 4; start++) {
      var found = new ArrayList<LogRecord>();
      var log = open(found);
      assertThat(found).isEqualTo(numbers(0, start * 10));

      appendAll(log, start * 10, start * 10 + 10);
      log.close();
    }
  }

  @Test
  void recordsFillSeveralFiles_allComeBack() throws Exception {
    var space = new VectorSpace(60_000, Metric.L2);
    var log = open(new ArrayList<>(), space);
    for (int i = 0; i < 40; i++) {
      var _ = log.append(LargeRecords.number(i, 60_000));
    }
    log.close();

    var found = new ArrayList<LogRecord>();
    open(found, space);

    assertThat(files()).hasSizeGreaterThan(2);
    assertThat(found).hasSize(40);
    assertThat(found.get(39)).isEqualTo(LargeRecords.number(39, 60_000));
  }

  @Test
  void processDiesWithoutClosing_acknowledgedRecordsComeBack() throws Exception {
    var log = open(new ArrayList<>());
    appendAll(log, 0, 50);

    var copy = copyAsACrashLeavesIt();

    assertThat(readAt(copy)).isEqualTo(numbers(0, 50));
  }

  @Test
  void manyWait_eachIsToldWhenItsOwnRecordIsDurable() throws Exception {
    var log = open(new ArrayList<>());
    long last = 0;
    for (int i = 0; i < 5000; i++) {
      last = log.append(Records.number(i));
    }

    log.durable(last).toCompletableFuture().get(10, SECONDS);

    assertThat(log.durable(1)).isCompleted();
    assertThat(readAt(copyAsACrashLeavesIt())).isEqualTo(numbers(0, 5000));
  }

  @Test
  void acknowledgedRecordIsDamaged_logTellsTheRestAndTakesNothing() throws Exception {
    var log = open(new ArrayList<>());
    appendAll(log, 0, 10);
    log.close();
    var file = files().getFirst();
    flip(file, find(file, Records.number(3)));

    var found = new ArrayList<LogRecord>();
    var damaged = open(found);

    assertThat(found).hasSize(9).doesNotContain(Records.number(3));
    assertThat(damaged.failure()).get().asString().contains("damaged", file.toString());
    assertThatThrownBy(() -> damaged.append(Records.number(1))).isInstanceOf(Unavailable.class);
    assertThat(damaged.durable(5)).isCompletedExceptionally();
    damaged.close();
    assertThat(open(new ArrayList<>()).failure()).as("a restart does not mend it").isPresent();
  }

  @Test
  void allFilesAreGone_logDoesNotBeginAnewInSilence() throws Exception {
    var log = open(new ArrayList<>());
    appendAll(log, 0, 10);
    log.close();
    for (var file : files()) {
      Files.delete(file);
    }

    var emptied = open(new ArrayList<>());

    assertThat(emptied.failure()).get().asString().contains("all of it is gone");
  }

  @Test
  void onlyFileIsCutToNothing_isDamage() throws Exception {
    var log = open(new ArrayList<>());
    appendAll(log, 0, 10);
    log.close();
    for (var file : files()) {
      truncate(file, 0);
    }

    assertThat(open(new ArrayList<>()).failure()).isPresent();
  }

  @Test
  void fileIsCutInTheMiddle_isDamageThatNamesIt() throws Exception {
    var log = open(new ArrayList<>());
    appendAll(log, 0, 100);
    log.close();
    var file = files().getFirst();
    truncate(file, find(file, Records.number(50)));

    assertThat(open(new ArrayList<>()).failure()).get().asString().contains(file.toString());
  }

  @Test
  void fsyncFails_logStopsAtOnceAndRestartDecides() throws Exception {
    var broken = new AtomicBoolean();
    var log = open(new ArrayList<>(), SPACE, folder -> new FailingFiles(folder, broken));
    appendAll(log, 0, 10);

    broken.set(true);
    var lost = log.durable(log.append(Records.number(10)));

    assertThatThrownBy(() -> lost.toCompletableFuture().get(10, SECONDS))
        .hasCauseInstanceOf(Unavailable.class)
        .hasMessageContaining("the disk is broken");
    assertThat(log.failure()).get().asString().contains("the disk is broken");
    broken.set(false);
    assertThatThrownBy(() -> log.append(Records.number(11)))
        .as("nothing is tried again")
        .isInstanceOf(Unavailable.class);
    log.close();
    var found = new ArrayList<LogRecord>();
    open(found);
    assertThat(found).startsWith(numbers(0, 10).toArray(LogRecord[]::new));
  }

  @Test
  void processDiesWhileAFileIsMade_itHoldsNothingAndIsDeleted() throws Exception {
    var log = open(new ArrayList<>());
    appendAll(log, 0, 10);
    log.close();
    var halfMade = files().getLast().resolveSibling("kagami-99.jnl.tmp");
    Files.write(halfMade, new byte[1000]);

    var found = new ArrayList<LogRecord>();
    open(found);

    assertThat(found).isEqualTo(numbers(0, 10));
    assertThat(halfMade).doesNotExist();
  }

  @Test
  void restartedOftenWithoutWrites_oldFilesAreTrimmed() throws Exception {
    for (int i = 0; i < 10; i++) {
      open(new ArrayList<>()).close();
    }

    long bytes = 0;
    for (var file : files()) {
      bytes += Files.size(file);
    }
    assertThat(bytes).isLessThan(3 * FILE_BYTES);
  }

  @Test
  void generationBeginsWhileWritesGoOn_allComesBack() throws Exception {
    var log = open(new ArrayList<>());
    for (int generation = 0; generation < 4; generation++) {
      appendAll(log, generation * 20, generation * 20 + 10);
      var next = log.prepare();
      for (int i = 10; i < 15; i++) {
        var _ = log.append(Records.number(generation * 20 + i)); // not durable yet
      }
      var _ = log.begin(next);
      appendAll(log, generation * 20 + 15, generation * 20 + 20);
    }

    assertThat(readAt(copyAsACrashLeavesIt())).isEqualTo(numbers(0, 80));
    log.close();
    var found = new ArrayList<LogRecord>();
    open(found);
    assertThat(found).isEqualTo(numbers(0, 80));
  }

  @Test
  void beginningIsForgotten_restComesBackAndNothingIsMissed() throws Exception {
    var log = open(new ArrayList<>());
    appendAll(log, 0, 10);
    var position = log.begin(log.prepare());
    appendAll(log, 10, 20);
    long bytes = log.bytes();

    log.forget(position);

    assertThat(log.bytes()).isPositive().isLessThan(bytes);
    log.close();
    for (int start = 0; start < 2; start++) {
      var found = new ArrayList<LogRecord>();
      var again =
          opened(new ArtemisWriteAheadLog(folder, SPACE, FILE_BYTES, pool), position, found);
      assertThat(again.failure()).isEmpty();
      assertThat(found).isEqualTo(numbers(10, 20));
      again.close();
    }
    var found = new ArrayList<LogRecord>();
    assertThat(open(found).failure()).as("read without what covers it").isPresent();
  }

  @Test
  void processDiesWhileOldGenerationsAreDeleted_restComesBack() throws Exception {
    var log = open(new ArrayList<>());
    appendAll(log, 0, 10);
    var position = log.begin(log.prepare());
    appendAll(log, 10, 20);
    log.close();
    Files.delete(files().getFirst());

    var found = new ArrayList<LogRecord>();
    var again = opened(new ArtemisWriteAheadLog(folder, SPACE, FILE_BYTES, pool), position, found);

    assertThat(again.failure()).isEmpty();
    assertThat(found).isEqualTo(numbers(10, 20));
    assertThat(folder.resolve("log").resolve("0000000001")).doesNotExist();
  }

  @Test
  void whatFollowsTheCheckpointIsGone_isDamage() throws Exception {
    var log = open(new ArrayList<>());
    appendAll(log, 0, 10);
    var position = log.begin(log.prepare());
    appendAll(log, 10, 20);
    log.forget(position);
    log.close();
    for (var file : files()) {
      Files.delete(file);
    }

    var again =
        opened(
            new ArtemisWriteAheadLog(folder, SPACE, FILE_BYTES, pool), position, new ArrayList<>());

    assertThat(again.failure()).get().asString().contains("all of it is gone");
  }

  @Test
  void olderGenerationIsSlow_newerOnesAreNotAcknowledgedBeforeIt() {
    var acknowledgements = new Acknowledgements();
    acknowledgements.done(1);
    acknowledgements.separate(3);
    var newer = acknowledgements.durable(5);

    acknowledgements.done(5);
    acknowledgements.done(2);

    assertThat(newer).isNotDone();
    assertThat(acknowledgements.durable()).isEqualTo(2);
    acknowledgements.done(3);
    assertThat(newer).isCompleted();
    assertThat(acknowledgements.durable()).isEqualTo(5);
  }

  @Test
  void directoryIsInUse_secondLogIsRefused() {
    open(new ArrayList<>());

    assertThatThrownBy(() -> open(new ArrayList<>()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("in use")
        .hasMessageContaining(folder.toString());
  }

  @Test
  void vectorsAreOfAnotherSpace_logIsRefused() throws Exception {
    open(new ArrayList<>()).close();

    assertThatThrownBy(() -> open(new ArrayList<>(), new VectorSpace(4, Metric.L2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("dimension 3, distance l2")
        .hasMessageContaining("dimension 4, distance l2");
  }

  private WriteAheadLog open(List<LogRecord> found) {
    return open(found, SPACE);
  }

  private WriteAheadLog open(List<LogRecord> found, VectorSpace space) {
    return opened(new ArtemisWriteAheadLog(folder, space, FILE_BYTES, pool), found);
  }

  private WriteAheadLog open(
      List<LogRecord> found, VectorSpace space, Function<File, SequentialFileFactory> factories) {
    return opened(new ArtemisWriteAheadLog(folder, space, FILE_BYTES, pool, factories), found);
  }

  private WriteAheadLog opened(WriteAheadLog log, List<LogRecord> found) {
    return opened(log, LogPosition.START, found);
  }

  private WriteAheadLog opened(WriteAheadLog log, LogPosition covered, List<LogRecord> found) {
    open.add(log);
    log.replay(covered, (_, record) -> found.add(record));
    return log;
  }

  private static void appendAll(WriteAheadLog log, int from, int to) throws Exception {
    long last = 0;
    for (int i = from; i < to; i++) {
      last = log.append(Records.number(i));
    }
    log.durable(last).toCompletableFuture().get(10, SECONDS);
  }

  private static List<LogRecord> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Records::number).toList();
  }

  private List<Path> files() throws IOException {
    try (var all = Files.walk(folder.resolve("log"))) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private Path copyAsACrashLeavesIt() throws IOException {
    var copy = Files.createTempDirectory(folder, "copy");
    for (var file : files()) {
      var target = copy.resolve(folder.relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
    return copy;
  }

  private List<LogRecord> readAt(Path root) {
    var found = new ArrayList<LogRecord>();
    opened(new ArtemisWriteAheadLog(root, SPACE, FILE_BYTES, pool), found);
    return found;
  }

  private static int find(Path file, LogRecord record) throws IOException {
    var offset = new int[] {-1};
    new LogFile(file)
        .read(
            new LogFile.Visitor() {
              @Override
              public void frame(LogFrame frame, Path file, int start) {
                if (frame.entry().equals(new LogEntry.Change(record))) {
                  offset[0] = start;
                }
              }

              @Override
              public void flaw(Path file, int start) {}
            });
    return offset[0];
  }

  private static void flip(Path file, int start) throws IOException {
    try (var raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.seek(start + 40);
      int old = raw.read();
      raw.seek(start + 40);
      raw.write(old ^ 1);
    }
  }

  private static void truncate(Path file, long length) throws IOException {
    try (var raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.setLength(length);
    }
  }

  /** Files whose fsync fails on demand. */
  private static final class FailingFiles extends NIOSequentialFileFactory {
    private final AtomicBoolean broken;

    FailingFiles(File folder, AtomicBoolean broken) {
      super(folder, true, 1 << 20, 500_000, 1, false);
      this.broken = broken;
    }

    @Override
    public SequentialFile createSequentialFile(String name) {
      return new NIOSequentialFile(this, journalDir, name, 1) {
        @Override
        protected void syncChannel(FileChannel channel) throws IOException {
          if (broken.get()) {
            throw new IOException("the disk is broken");
          }
          super.syncChannel(channel);
        }
      };
    }
  }
}
