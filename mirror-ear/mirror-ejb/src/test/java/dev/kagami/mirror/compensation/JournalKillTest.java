package dev.kagami.mirror.compensation;

import static dev.kagami.mirror.compensation.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.Seed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bare process is killed while it writes: what it had told to be durable is there. */
class JournalKillTest {
  private static final int KILLS = 3;

  @TempDir private Path root;

  @Test
  void processIsKilledAgainAndAgain_nothingDurableIsMissing() throws Exception {
    var seed = Seed.next();
    var random = new SplittableRandom(seed.value());
    var durable = new HashSet<Long>();
    long next = 1;
    try (var executor =
        Executors.newCachedThreadPool(Thread.ofPlatform().name("journal-", 0).factory())) {
      for (int kill = 0; kill < KILLS; kill++) {
        durable.addAll(runAndKill(next, 200 + random.nextInt(2000)));
        try (var journal = ArtemisCompensationJournal.open(root, executor)) {
          var found = journal.contents();
          var open = found.entries().stream().map(JournalEntry::stamp).collect(Collectors.toSet());
          for (long number : durable) {
            if (number % 3 != 0) {
              assertThat(open).as("%s, number %s", seed, number).contains(entry(number).stamp());
            }
          }
          next = found.bound().value() / Entries.stamp(1).value() + 1;
          assertThat(durable).allMatch(number -> number <= found.bound().value() >> 10);
        }
      }
    }
  }

  /** Starts a process, kills it after {@code numbers} numbers, and returns all that it told. */
  private Set<Long> runAndKill(long first, int numbers) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                JournalWriter.class.getName(),
                root.toString(),
                Long.toString(first))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var told = new HashSet<Long>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        told.add(Long.valueOf(line));
        if (told.size() == numbers) {
          // not by the process itself, which would close the stream with what it still told
          process.toHandle().destroyForcibly();
        }
      }
    }
    process.waitFor();
    assertThat(told).hasSizeGreaterThanOrEqualTo(numbers);
    return told;
  }
}
