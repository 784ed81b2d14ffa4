package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.agent.log.MemoryLog;
import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ForeignWriter;
import dev.kagami.core.store.Maintenance;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.SearchOptions;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** When answers are given, and what a broken disk does. */
class DurabilityTest {
  private static final VectorSpace SPACE = new VectorSpace(2, Metric.L2);
  private static final VectorId ID = new VectorId("an-id");
  private static final Vector ONE = Vector.of(1, 1);
  private static final Vector TWO = Vector.of(2, 2);

  private final ControlledScheduler time = new ControlledScheduler();
  private final ForeignWriter peer = new ForeignWriter(new WriterNumber(15, 1), time);
  private final MemoryLog log = new MemoryLog();
  private final LuceneVectorStore store = Stores.open(log, SPACE, time);

  @Test
  void writeIsNotOnDisk_answerWaitsButReadersSeeIt() {
    log.slowDown();

    var insert = apply(new Mutation.Insert(ID, ONE, WriteTime.UNSTAMPED));

    assertThat(insert).isNotDone();
    assertThat(visible()).isEqualTo(ONE);
    assertThat(nearest()).isEqualTo(ID);
    log.catchUp();
    assertThat(insert).isCompletedWithValueMatching(Applied::isNewest);
  }

  @Test
  void refusalRestsOnAWriteNotOnDisk_itWaitsToo() {
    log.slowDown();
    var insert = apply(new Mutation.Insert(ID, ONE, WriteTime.UNSTAMPED));
    var again = apply(new Mutation.Insert(ID, TWO, WriteTime.UNSTAMPED));
    var same = apply(new Mutation.Update(ID, ONE, WriteTime.UNSTAMPED));

    assertThat(again).isNotDone();
    assertThat(same).isNotDone();
    log.catchUp();
    assertThat(insert).isCompleted();
    assertFailed(again, Code.ALREADY_EXISTS);
    assertFailed(same, Code.ALREADY_EXISTS);
  }

  @Test
  void removalIsNotOnDisk_notFoundWaits() {
    var _ = apply(new Mutation.Insert(ID, ONE, WriteTime.UNSTAMPED));
    log.slowDown();
    var _ = apply(new Mutation.Remove(ID, WriteTime.UNSTAMPED));

    var update = apply(new Mutation.Update(ID, TWO, WriteTime.UNSTAMPED));

    assertThat(update).isNotDone();
    log.catchUp();
    assertFailed(update, Code.NOT_FOUND);
  }

  @Test
  void newerVersionIsNotOnDisk_answerThatNamesItWaits() {
    log.slowDown();
    var newer = apply(new Mutation.Insert(ID, ONE, WriteTime.UNSTAMPED));
    var older = apply(new Mutation.Upsert(ID, TWO, WriteTime.ofClient(new Timestamp(1))));

    assertThat(older).isNotDone();
    log.catchUp();
    assertThat(newer).isCompleted();
    assertThat(older)
        .isCompletedWithValueMatching(applied -> applied.standing() == Applied.Standing.SUPERSEDED);
  }

  @Test
  void undoAndSettledStampAreNotOnDisk_answersWait() {
    var write = new Mutation.Insert(ID, ONE, peer.now());
    var _ = apply(write);
    log.slowDown();

    var undo = revoke(write.time().stamp());
    var undoAgain = revoke(write.time().stamp());
    var settled = settle(peer.now().stamp());

    assertThat(undo).isNotDone();
    assertThat(undoAgain).isNotDone();
    assertThat(settled).isNotDone();
    log.catchUp();
    assertThat(undo).isCompleted();
    assertThat(undoAgain).isCompleted();
    assertThat(settled).isCompleted();
  }

  @Test
  void copyIsDroppedAndThatIsNotOnDisk_answerWaits() {
    var write = new Mutation.Insert(ID, ONE, peer.now());
    var _ = apply(write);
    var _ = settle(write.time().stamp());
    log.slowDown();

    var drop =
        store.drop(List.of(write.version().head()), CallContext.UNBOUNDED).toCompletableFuture();

    assertThat(drop).isNotDone();
    log.catchUp();
    assertThat(drop).isCompletedWithValue(List.of(ID));
  }

  @Test
  void idWasNeverWritten_notFoundDoesNotWaitForOthers() {
    log.slowDown();
    var _ = apply(new Mutation.Insert(ID, ONE, WriteTime.UNSTAMPED));

    var other = apply(new Mutation.Remove(new VectorId("other"), WriteTime.UNSTAMPED));

    assertFailed(other, Code.NOT_FOUND);
  }

  @Test
  void diskBreaks_writesAreRefusedAndReadsGoOn() {
    var _ = apply(new Mutation.Insert(ID, ONE, WriteTime.UNSTAMPED));
    log.slowDown();
    var lost = apply(new Mutation.Update(ID, TWO, WriteTime.UNSTAMPED));

    log.breakDown("the disk is full");

    assertFailed(lost, Code.UNAVAILABLE);
    var refused = apply(new Mutation.Remove(ID, WriteTime.UNSTAMPED));
    assertFailed(refused, Code.UNAVAILABLE);
    assertThatThrownBy(refused::join).hasMessageContaining("the disk is full");
    assertFailed(revoke(peer.now().stamp()), Code.UNAVAILABLE);
    assertThat(store.fault()).contains("the disk is full");
    assertThat(nearest()).isEqualTo(ID);
  }

  @Test
  void operatorSwitchedToReadOnly_undosAndSettledStampsPass() {
    var write = new Mutation.Insert(ID, ONE, peer.now());
    var _ = apply(write);
    store.setReadOnly(true);

    assertFailed(apply(new Mutation.Remove(ID, peer.now())), Code.UNAVAILABLE);
    assertThat(revoke(write.time().stamp())).isCompleted();
    assertThat(settle(peer.now().stamp())).isCompleted();

    store.setReadOnly(false);
    assertThat(apply(new Mutation.Insert(ID, ONE, peer.now()))).isCompleted();
  }

  @Test
  void operatorSwitchedToReadOnly_restartForgetsIt() {
    store.setReadOnly(true);

    var next = Stores.open(log.restarted(), SPACE, time);

    assertThat(next.isReadOnly()).isFalse();
  }

  @Test
  void stampIsSettledTwice_secondTimeIsNotLogged() {
    var stamp = peer.now().stamp();
    var _ = settle(stamp);
    int size = log.size();

    assertThat(settle(stamp)).isCompleted();

    assertThat(log.size()).isEqualTo(size);
  }

  @Test
  void sameVectorAtAnotherTime_needsNoLinking() {
    var linker = new SteppingExecutor();
    var linked = Stores.open(new MemoryLog(), SPACE, time, linker);
    linked.apply(new Mutation.Insert(ID, ONE, peer.now()), CallContext.UNBOUNDED);
    linker.runAll();

    linked.apply(new Mutation.Upsert(ID, ONE, peer.now()).unconditional(), CallContext.UNBOUNDED);

    var info = linked.indexInfo(CallContext.UNBOUNDED).toCompletableFuture().join();
    assertThat(info.stored()).isEqualTo(1);
    assertThat(info.uncommitted()).isZero();
  }

  @Test
  void indexIsSaved_waitsForTheLog() {
    log.slowDown();
    var _ = apply(new Mutation.Insert(ID, ONE, WriteTime.UNSTAMPED));

    var saved = store.maintain(Maintenance.SAVE_INDEX, CallContext.UNBOUNDED).toCompletableFuture();

    assertThat(saved).isNotDone();
    log.catchUp();
    assertThat(saved).isCompleted();
  }

  private CompletableFuture<Applied> apply(Mutation mutation) {
    return store.apply(mutation, CallContext.UNBOUNDED).toCompletableFuture();
  }

  private CompletableFuture<Void> revoke(Stamp stamp) {
    return store.revoke(new VoidMark(ID, stamp), CallContext.UNBOUNDED).toCompletableFuture();
  }

  private CompletableFuture<Void> settle(Stamp stamp) {
    return store.settle(stamp, CallContext.UNBOUNDED).toCompletableFuture();
  }

  private Vector visible() {
    return store
        .find(ID, CallContext.UNBOUNDED)
        .toCompletableFuture()
        .join()
        .visible()
        .orElseThrow()
        .vector()
        .orElseThrow();
  }

  private VectorId nearest() {
    var query =
        new SearchQuery(
            new SearchQuery.Subject.OfVector(ONE),
            SearchQuery.Method.GRAPH,
            SearchOptions.nearest(1));
    return store
        .search(query, CallContext.UNBOUNDED)
        .toCompletableFuture()
        .join()
        .neighbors()
        .getFirst()
        .id();
  }

  private static void assertFailed(CompletionStage<?> stage, Code code) {
    assertThat(stage.toCompletableFuture())
        .isCompletedExceptionally()
        .satisfies(
            failed -> assertThat(((ValdException) failed.exceptionNow()).code()).isEqualTo(code));
  }
}
