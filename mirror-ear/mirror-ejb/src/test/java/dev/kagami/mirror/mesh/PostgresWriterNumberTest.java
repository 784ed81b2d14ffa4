package dev.kagami.mirror.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.store.WriterNumber;
import dev.kagami.mirror.TestDatabase;
import dev.kagami.transport.client.Address;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Processes of one site that first start at the same instant, on the database that they share. */
class PostgresWriterNumberTest {
  private static final Address B = new Address("mirror.b.example", 8081);

  @RegisterExtension private static final TestDatabase database = TestDatabase.postgres();

  private final ExecutorService processes =
      Executors.newCachedThreadPool(Thread.ofPlatform().name("process-", 0).daemon().factory());

  @AfterEach
  void end() {
    processes.shutdownNow();
  }

  @Test
  void anotherHasNotCommittedItsNumber_theSecondWaitsAndGetsTheNext() {
    var second =
        database.inTransaction(entities -> {
          int first = new JpaMirrorTargetRepository(entities).writerNumber("mirror-1");
          var asked = ask(repository -> repository.writerNumber("mirror-2"));
          database.awaitWaiting();
          assertThat(first).isEqualTo(WriterNumber.FIRST_MIRROR);
          return asked;
        });

    assertThat(second.join()).isEqualTo(WriterNumber.FIRST_MIRROR + 1);
  }

  @Test
  void allStartAtOnce_eachHasANumberOfItsOwn() {
    var asked =
        IntStream.rangeClosed(WriterNumber.FIRST_MIRROR, WriterNumber.LAST_MIRROR)
            .mapToObj(each -> ask(repository -> repository.writerNumber("mirror-" + each)))
            .toList();

    assertThat(asked.stream().map(CompletableFuture::join))
        .doesNotHaveDuplicates()
        .hasSize(WriterNumber.LAST_MIRROR);
  }

  @Test
  void anotherHasNotCommittedWhatItSawOfATarget_theSecondWaitsAndStoresItsOwn() {
    var seen = status(TargetPhase.CONNECTED);
    var second =
        database.inTransaction(entities -> {
          new JpaMirrorTargetRepository(entities).saveStatus(status(TargetPhase.PENDING));
          var saved =
              ask(repository -> {
                repository.saveStatus(seen);
                return repository.statuses();
              });
          database.awaitWaiting();
          return saved;
        });

    assertThat(second.join()).containsExactly(seen);
  }

  private static TargetStatus status(TargetPhase phase) {
    return new TargetStatus(
        B, Optional.empty(), Standing.MEMBER, phase, "", Instant.parse("2030-01-02T03:04:05Z"));
  }

  private <R> CompletableFuture<R> ask(Function<MirrorTargetRepository, R> work) {
    return CompletableFuture.supplyAsync(
        () ->
            database.inTransaction(entities -> work.apply(new JpaMirrorTargetRepository(entities))),
        processes);
  }
}
