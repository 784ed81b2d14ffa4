package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.agent.log.MemoryLog;
import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.error.ValdException.DeadlineExceeded;
import dev.kagami.core.error.ValdException.FailedPrecondition;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ForeignWriter;
import dev.kagami.core.store.IndexInfo;
import dev.kagami.core.store.Maintenance;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Neighbor;
import dev.kagami.core.store.SearchOptions;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is pending, and how it becomes linked. */
class LinkingTest {
  private static final VectorSpace SPACE = new VectorSpace(2, Metric.L2);

  private final ControlledScheduler time = new ControlledScheduler();
  private final ForeignWriter peer = new ForeignWriter(new WriterNumber(15, 1), time);
  private final SteppingExecutor linker = new SteppingExecutor();
  private final LuceneVectorStore store = Stores.open(new MemoryLog(), SPACE, time, linker);

  @Test
  void nothingIsLinkedYet_searchesFindAllAndCountsSaySo() {
    insert(3);

    assertThat(found()).hasSize(3);
    assertThat(info()).isEqualTo(new IndexInfo(0, 3, false, false));

    linker.runAll();

    assertThat(found()).hasSize(3);
    assertThat(info()).isEqualTo(new IndexInfo(3, 0, false, false));
  }

  @Test
  void indexIsCreated_endsWhenAllThatWasWrittenIsLinked() {
    insert(3);

    var created = createIndex();
    var second = createIndex();

    assertThat(created).isNotDone();
    assertThat(info().indexing()).isTrue();
    linker.runAll();
    assertThat(created).isCompleted();
    assertThat(second).as("a second one that waits").isCompleted();
    assertThat(createIndex().exceptionNow()).isInstanceOf(FailedPrecondition.class);
  }

  @Test
  void onlyRemovedSinceTheIndexWasCreated_itIsCreatedOnceMore() {
    insert(3);
    linker.runAll();
    var _ = createIndex();

    store.apply(new Mutation.Remove(id(1), WriteTime.UNSTAMPED), CallContext.UNBOUNDED);

    assertThat(createIndex()).isCompleted();
  }

  @Test
  void vectorIsGoneBeforeItIsLinked_itIsPassedOver() {
    var stamps = insert(3);
    for (int i = 0; i < 3; i++) {
      revoke(i, stamps.get(i));
    }

    linker.runAll();

    assertThat(found()).isEmpty();
    assertThat(info()).isEqualTo(IndexInfo.EMPTY);
    insert(2);
    linker.runAll();
    assertThat(found()).hasSize(2);
  }

  @Test
  void linkedVectorIsUndone_whatLayBeneathIsFoundAgainWithoutLinking() {
    insert(3);
    var update = new Mutation.Update(id(1), Vector.of(50, 50), peer.now());
    store.apply(update, CallContext.UNBOUNDED);
    linker.runAll();
    assertThat(found()).extracting(Neighbor::distance).last().isNotEqualTo(2f);

    revoke(1, update.time().stamp());

    assertThat(found()).extracting(Neighbor::id).containsExactly(id(0), id(1), id(2));
    assertThat(info()).isEqualTo(new IndexInfo(3, 0, false, false));
  }

  /** A minute of the thread's own time, since the machine may have other work. */
  @Test
  void aHundredThousandIdsHaveTenVectors_allIsLinkedWithinAMinute() {
    for (int i = 0; i < 100_000; i++) {
      var insert = new Mutation.Insert(id(i), Vector.of(i % 10, 1), WriteTime.UNSTAMPED);
      store.apply(insert, CallContext.UNBOUNDED);
    }
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();

    linker.runAll();

    assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before))
        .isLessThan(Duration.ofMinutes(1));
    assertThat(info()).isEqualTo(new IndexInfo(100_000, 0, false, false));
    assertThat(found()).hasSize(10).allMatch(hit -> hit.distance() == 1);
  }

  @Test
  void allIsRemoved_searchesGoOn() {
    insert(5);
    linker.runAll();
    for (int i = 0; i < 5; i++) {
      store.apply(new Mutation.Remove(id(i), WriteTime.UNSTAMPED), CallContext.UNBOUNDED);
    }

    assertThat(found()).isEmpty();
    assertThat(info()).isEqualTo(IndexInfo.EMPTY);
  }

  @Test
  void deadlinePassed_searchIsRefused() {
    insert(3);
    var late = CallContext.UNBOUNDED.within(Duration.ZERO, time.instant());

    var search = store.search(query(), late).toCompletableFuture();

    assertThat(search.exceptionNow()).isInstanceOf(DeadlineExceeded.class);
  }

  @Test
  void storeIsClosed_whoWaitsForTheLinkerIsToldSo() {
    insert(3);
    var created = createIndex();

    store.close();

    assertThat(created).isCompletedExceptionally();
  }

  private List<Stamp> insert(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> {
          var insert = new Mutation.Insert(id(i), Vector.of(i, i), peer.now());
          store.apply(insert, CallContext.UNBOUNDED);
          return insert.time().stamp();
        })
        .toList();
  }

  private void revoke(int number, Stamp stamp) {
    store.revoke(new VoidMark(id(number), stamp), CallContext.UNBOUNDED);
  }

  private CompletableFuture<Void> createIndex() {
    return store.maintain(Maintenance.CREATE_INDEX, CallContext.UNBOUNDED).toCompletableFuture();
  }

  private IndexInfo info() {
    return store.indexInfo(CallContext.UNBOUNDED).toCompletableFuture().join();
  }

  private List<Neighbor> found() {
    return store.search(query(), CallContext.UNBOUNDED).toCompletableFuture().join().neighbors();
  }

  private static SearchQuery query() {
    return new SearchQuery(
        new SearchQuery.Subject.OfVector(Vector.of(0, 0)),
        SearchQuery.Method.GRAPH,
        SearchOptions.nearest(10));
  }

  private static VectorId id(int number) {
    return new VectorId("id-" + number);
  }
}
