package dev.kagami.agent.log;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each write of the log goes wrong once, in each way. */
class FaultyDiskTest {
  private static final VectorSpace SPACE = new VectorSpace(3, Metric.L2);
  private static final int WRITES = Boolean.getBoolean("kagami.long") ? 60 : 12;
  private static final int RECORDS = 8;

  @TempDir private Path folder;

  private final ExecutorService pool =
      Executors.newFixedThreadPool(2, Thread.ofPlatform().name("log-", 0).factory());

  @AfterEach
  void stop() {
    pool.shutdown();
  }

  @ParameterizedTest
  @EnumSource
  void writeGoesWrong_nothingAcknowledgedIsLostInSilence(FaultyFiles.Fault fault) throws Exception {
    for (int good = 0; good < WRITES; good++) {
      var root = folder.resolve(fault + "-" + good);

      int acknowledged = writeUntilItFails(root, fault, good);

      var found = new ArrayList<LogRecord>();
      var log = new ArtemisWriteAheadLog(root, SPACE, 4 << 20, pool);
      log.replay((_, record) -> found.add(record));
      var when = fault + " after " + good + " writes, " + acknowledged + " acknowledged";
      if (fault == FaultyFiles.Fault.FLIPPED_BIT && log.failure().isPresent()) {
        assertThat(log.failure()).get().asString().as(when).contains("damaged", root.toString());
      } else {
        assertThat(log.failure()).as(when).isEmpty();
        assertThat(found).as(when).hasSizeBetween(acknowledged, RECORDS);
        assertThat(found).as(when).isEqualTo(numbers(found.size()));
      }
      log.close();
    }
  }

  /** Returns how many records were acknowledged, one after another. */
  private int writeUntilItFails(Path root, FaultyFiles.Fault fault, int good) throws Exception {
    var left = new AtomicInteger(good);
    var log =
        new ArtemisWriteAheadLog(
            root, SPACE, 4 << 20, pool, files -> new FaultyFiles(files, fault, left));
    int acknowledged = 0;
    try {
      log.replay((_, _) -> {});
      for (; acknowledged < RECORDS; acknowledged++) {
        if (acknowledged == RECORDS / 2) {
          var _ = log.begin(log.prepare());
        }
        log.durable(log.append(Records.number(acknowledged)))
            .toCompletableFuture()
            .get(20, SECONDS);
      }
    } catch (ExecutionException | RuntimeException failed) {
      assertThat(fault).isNotEqualTo(FaultyFiles.Fault.FLIPPED_BIT);
    }
    log.close();
    return acknowledged;
  }

  private static List<LogRecord> numbers(int count) {
    var all = new ArrayList<LogRecord>();
    for (int i = 0; i < count; i++) {
      all.add(Records.number(i));
    }
    return all;
  }
}
