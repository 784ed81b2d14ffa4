package dev.kagami.mirror.catchup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.store.ChangePosition;
import dev.kagami.mirror.TestDatabase;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In PostgreSQL, which several processes of a site share. */
class PostgresPositionRepositoryTest extends PositionRepositoryContract {
  private static final int PROCESSES = 8;

  @RegisterExtension private static final TestDatabase database = TestDatabase.postgres();

  @Override
  <R> R at(Function<PositionRepository, R> work) {
    return database.inTransaction(entities -> work.apply(new JpaPositionRepository(entities)));
  }

  @Test
  void severalTakeALeaseAtOnce_oneHasIt() {
    var seen = this.<Lease>at(rows -> rows.takeFirst("B", "mirror-0").orElseThrow());

    var taken = atOnce(process -> at(rows -> rows.take(seen, "mirror-" + process)));

    assertThat(taken).filteredOn(Optional::isPresent).hasSize(1);
    assertThat(at(PositionRepository::leases)).hasSize(1).allMatch(lease -> lease.term() == 2);
  }

  @Test
  void severalTakeTheFirstLeaseAtOnce_oneHasIt() {
    var taken = atOnce(process -> at(rows -> rows.takeFirst("B", "mirror-" + process)));

    assertThat(taken).filteredOn(Optional::isPresent).hasSize(1);
    assertThat(at(PositionRepository::leases)).hasSize(1).allMatch(lease -> lease.term() == 1);
  }

  /** Neither waits for the other for ever. */
  @Test
  void targetIsForgottenWhileItsPositionIsStored_neitherFails() {
    for (int round = 0; round < 20; round++) {
      var held = this.<Lease>at(rows -> rows.takeFirst("B", "mirror-0").orElseThrow());

      atOnce(process ->
          at(rows -> {
            if (process == 0) {
              rows.forget("B");
            } else {
              rows.renew(held, List.of(ChangePosition.beginning(LOG)));
            }
            return 0;
          }));

      assertThat(at(PositionRepository::positions)).isEmpty();
    }
  }

  private static <R> List<R> atOnce(Function<Integer, R> work) {
    var all = new CountDownLatch(PROCESSES);
    try (var threads =
        Executors.newFixedThreadPool(
            PROCESSES, Thread.ofPlatform().name("process-", 0).daemon().factory())) {
      var results =
          IntStream.range(0, PROCESSES)
              .mapToObj(process ->
                  CompletableFuture.supplyAsync(
                      () -> {
                        all.countDown();
                        await(all);
                        return work.apply(process);
                      },
                      threads))
              .toList();
      return results.stream().map(CompletableFuture::join).toList();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
