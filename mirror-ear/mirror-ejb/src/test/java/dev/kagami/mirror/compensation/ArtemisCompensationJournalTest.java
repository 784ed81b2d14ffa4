package dev.kagami.mirror.compensation;

import static dev.kagami.mirror.compensation.Entries.entry;
import static dev.kagami.mirror.compensation.Entries.stamp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.mirror.compensation.ArtemisCompensationJournal.Size;
import dev.kagami.mirror.compensation.JournalEntry.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtemisCompensationJournalTest {
  private static final Size SMALL = new Size(4 << 20, 200_000);

  private final ExecutorService executor =
      Executors.newCachedThreadPool(Thread.ofPlatform().name("journal-", 0).factory());

  @TempDir private Path root;

  @AfterEach
  void stop() {
    executor.shutdown();
  }

  @Test
  void journalIsNew_itHoldsNothing() throws IOException {
    try (var journal = open()) {
      assertThat(journal.contents()).isEqualTo(CompensationJournal.Contents.EMPTY);
    }
  }

  @Test
  void journalIsOpenedAgain_openEntriesAreThereAndEndedOnesAreNot() throws IOException {
    try (var journal = open()) {
      for (int i = 1; i <= 5; i++) {
        await(journal.write(entry(i)));
      }
      await(journal.write(entry(2).with(Status.COMPENSATING)));
      await(journal.write(entry(3).with(Status.COMPLETED)));
      await(journal.write(entry(4).with(Status.COMPENSATING)));
      await(journal.write(entry(4).with(Status.COMPENSATED)));
      await(journal.reserve(stamp(1000)));
    }

    for (int starts = 0; starts < 3; starts++) {
      try (var journal = open()) {
        assertThat(journal.contents().entries())
            .containsExactly(entry(1), entry(2).with(Status.COMPENSATING), entry(5));
        assertThat(journal.contents().bound()).isEqualTo(stamp(1000));
      }
    }
  }

  @Test
  void boundIsBelowAnEntry_theEntrysStampCounts() throws IOException {
    try (var journal = open()) {
      await(journal.reserve(stamp(5)));
      await(journal.write(entry(7)));
      await(journal.write(entry(7).with(Status.COMPLETED)));
    }

    try (var journal = open()) {
      assertThat(journal.contents().bound()).isEqualTo(stamp(7));
    }
  }

  @Test
  void journalIsOpenElsewhere_refused() throws IOException {
    try (var journal = open()) {
      assertThat(journal.failure()).isEmpty();
      assertThatThrownBy(this::open)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("in use by another mirror");
    }
    open().close();
  }

  @Test
  void journalIsClosed_writesAreUnavailable() throws IOException {
    var journal = open();
    journal.close();

    assertThat(journal.write(entry(1)).toCompletableFuture())
        .isCompletedExceptionally()
        .failsWithin(Duration.ofSeconds(1))
        .withThrowableThat()
        .withCauseInstanceOf(Unavailable.class);
  }

  @Test
  void journalGrows_newGenerationsTakeOverAndTheDiskIsFreed() throws Exception {
    int writes = 20_000;
    var inFlight = new Semaphore(64);
    try (var journal = ArtemisCompensationJournal.open(root, SMALL, executor)) {
      await(journal.write(entry(1)));
      for (int i = 2; i <= writes; i++) {
        int number = i;
        inFlight.acquire();
        journal
            .write(entry(number))
            .whenComplete((_, _) -> {
              journal.write(entry(number).with(Status.COMPLETED));
              inFlight.release();
            });
      }
      inFlight.acquire(64);
      assertThat(journal.failure()).isEmpty();
    }

    try (var journal = ArtemisCompensationJournal.open(root, SMALL, executor)) {
      assertThat(journal.contents().entries()).containsExactly(entry(1));
      assertThat(journal.contents().bound()).isEqualTo(stamp(writes));
    }
    assertThat(generations()).hasSize(1);
    assertThat(generations().getFirst().getFileName().toString())
        .as("many generations came and went")
        .isGreaterThan("0000000003");
  }

  @Test
  void crashBetweenTwoGenerations_theOneThatHasBegunCounts() throws IOException {
    try (var journal = open()) {
      await(journal.write(entry(1)));
    }
    var last = generations().getLast();
    var next = Files.createDirectory(root.resolve("0000009999"));
    Files.write(next.resolve("kagami-1.jnl"), new byte[4096]);

    try (var journal = open()) {
      assertThat(journal.contents().entries()).containsExactly(entry(1));
    }
    assertThat(last).doesNotExist();
    assertThat(generations()).hasSize(1);
  }

  @Test
  void oldGenerationWasNotDeletedBeforeTheCrash_theNewerCounts(@TempDir Path elsewhere)
      throws IOException {
    try (var journal = open()) {
      await(journal.write(entry(1)));
    }
    var copy = elsewhere.resolve("copy");
    copy(generations().getLast(), copy);
    try (var journal = open()) {
      await(journal.write(entry(1).with(Status.COMPLETED)));
    }

    Files.move(copy, root.resolve("0000000001"));

    try (var journal = open()) {
      assertThat(journal.contents().entries()).isEmpty();
    }
  }

  @Test
  void crashWhileAFileIsMade_itHoldsNothingAndIsDeleted() throws IOException {
    try (var journal = open()) {
      await(journal.write(entry(1)));
    }
    Files.write(generations().getLast().resolve("kagami-7.jnl.tmp"), new byte[1000]);

    try (var journal = open()) {
      assertThat(journal.contents().entries()).containsExactly(entry(1));
    }
    assertThat(generations()).hasSize(1);
  }

  @Test
  void onlyGenerationIsEmptyAndNotTheFirst_damage() throws IOException {
    open().close();
    open().close();
    try (Stream<Path> files = Files.list(generations().getLast())) {
      for (var file : files.toList()) {
        Files.write(file, new byte[4096]);
      }
    }

    assertThatThrownBy(this::open)
        .isInstanceOf(JournalDamagedException.class)
        .hasMessageContaining("is empty");
  }

  @Test
  void diskCannotBeWritten_writesAreUnavailableAndNoneIsTriedAgain() throws IOException {
    var journal = ArtemisCompensationJournal.open(root, SMALL, executor);
    try (journal) {
      // the next generation cannot be made where a file lies in its place
      Files.createFile(root.resolve("0000000002"));
      var failed = new ArrayList<CompletableFuture<Void>>();
      for (int i = 1; i <= 20_000 && journal.failure().isEmpty(); i++) {
        failed.add(journal.write(entry(i)).toCompletableFuture());
      }

      CompletableFuture.allOf(failed.toArray(CompletableFuture[]::new)).handle((_, _) -> 0).join();
      assertThat(journal.failure()).isPresent();
      assertThat(journal.write(entry(30_000)).toCompletableFuture()).isCompletedExceptionally();
    }
  }

  private ArtemisCompensationJournal open() {
    return ArtemisCompensationJournal.open(root, executor);
  }

  private List<Path> generations() throws IOException {
    try (Stream<Path> children = Files.list(root)) {
      return children.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try (Stream<Path> files = Files.list(from)) {
      for (var file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static void await(CompletionStage<Void> stage) {
    stage.toCompletableFuture().join();
  }
}
