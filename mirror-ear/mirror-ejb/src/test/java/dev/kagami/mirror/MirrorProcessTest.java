package dev.kagami.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ValdException.ResourceExhausted;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.ScriptedVectorStore;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.mirror.compensation.ArtemisCompensationJournal;
import dev.kagami.mirror.compensation.JournalEntry;
import dev.kagami.mirror.mesh.TargetPhase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of writes when their mirror ends, and what its operator sees of them. */
class MirrorProcessTest {
  private static final Mutation WRITE =
      new Mutation.Insert(new VectorId("a"), Vector.of(1, 2, 3, 4), WriteTime.UNSTAMPED);

  @TempDir private Path folder;
  private TestSites sites;
  private TestSite a;
  private TestSite b;

  @BeforeEach
  void start() {
    sites = new TestSites(folder);
    a = sites.start("A", 1);
    b = sites.start("B", 2, a.address());
    sites.await(() -> a.isConnectedTo("B"));
  }

  @AfterEach
  void stop() {
    sites.close();
  }

  @Test
  void processEndsWhileAnUndoIsUnderWay_itWaitsForTheAcknowledgement() throws Exception {
    var gate = new CompletableFuture<Void>();
    b.door().next(Call.APPLY, new Step.Refuse(new ResourceExhausted("full")));
    b.door().next(Call.REVOKE, new Step.HoldAnswer(gate));
    var answer = write();
    sites.await(() -> b.door().calls(Call.REVOKE) == 1);
    sites.after(Duration.ofMillis(500), () -> gate.complete(null));

    a.process().close();

    assertThat(answer).isCompletedExceptionally();
    assertThat(leftInJournal(a)).isEmpty();
  }

  @Test
  void processEndsWhileATargetIsAway_itEndsAllTheSameAndTheJournalKeepsTheUndo() throws Exception {
    b.door().next(Call.APPLY, new Step.Refuse(new ResourceExhausted("full")));
    refuseUndos();
    write();
    sites.await(() -> pending() == 1);

    a.process().close();

    assertThat(leftInJournal(a))
        .extracting(JournalEntry::status)
        .containsExactly(JournalEntry.Status.COMPENSATING);
  }

  @Test
  void undoIsOwedToATarget_theOperatorSeesItUntilTheTargetHasIt() {
    b.door().next(Call.APPLY, new Step.Refuse(new ResourceExhausted("full")));
    refuseUndos();
    assertThat(pending()).isZero();

    write();
    sites.await(() -> pending() == 1);

    b.door().pass();
    sites.await(() -> pending() == 0);
    assertThat(a.process().operations().site().journal().fault()).isEmpty();
  }

  @Test
  void targetWasAwayWhenAWriteWasUndone_itHasTheVoidMarkBeforeItIsConnected() {
    b.door().next(Call.APPLY, new Step.Refuse(new ResourceExhausted("full")));
    refuseUndos();
    write();
    sites.await(() -> pending() == 1);
    b.close();
    sites.await(() -> a.targets().getFirst().phase() == TargetPhase.DISCONNECTED);

    var back = sites.restart(b);
    sites.await(() -> a.isConnectedTo("B"));

    assertThat(back.door().marks()).extracting(VoidMark::id).containsOnly(WRITE.id());
    assertThat(pending()).isZero();
  }

  @Test
  void writeWasCutShortByACrash_theMirrorIsNotReadyUntilItsOwnClusterHasTold() throws Exception {
    a.close();
    b.close();
    leaveUndecided(a);

    var back = sites.restart(a, door -> refuse(door, Call.FIND));
    sites.await(() -> back.process().operations().site().gateway().ready());

    assertThat(back.process().isReady()).isFalse();
    assertThat(back.process().operations().site().journal().undecided()).isEqualTo(1);
    back.door().pass();
    sites.await(() -> back.process().isReady());
    assertThat(back.process().operations().site().journal().undecided()).isZero();
  }

  @Test
  void journalTakesNothingMore_theOperatorSeesWhy() {
    a.process().close();

    assertThat(a.process().operations().site().journal().fault()).isEqualTo("it is closed");
  }

  private void refuseUndos() {
    refuse(b.door(), Call.REVOKE);
  }

  private static void refuse(ScriptedVectorStore door, Call call) {
    for (int i = 0; i < 1000; i++) {
      door.next(call, new Step.Refuse(new ResourceExhausted("full")));
    }
  }

  private CompletionStage<Applied> write() {
    return a.process().store().apply(WRITE, CallContext.UNBOUNDED);
  }

  private int pending() {
    return a.process().operations().site().journal().pendingCompensations();
  }

  /** What the next process would find. */
  private static List<JournalEntry> leftInJournal(TestSite site) throws IOException {
    try (var threads = journalThreads();
        var journal = journal(site, threads)) {
      return journal.contents().entries();
    }
  }

  /** As if the process had died while {@link #WRITE} was under way. */
  private static void leaveUndecided(TestSite site) throws IOException {
    var stamp = new Stamp(1 << Stamp.WRITER_BITS | new WriterNumber(1, 1).bits());
    var write = WRITE.at(WRITE.time().stamped(stamp));
    try (var threads = journalThreads();
        var journal = journal(site, threads)) {
      journal.write(JournalEntry.active(write, List.of("B"))).toCompletableFuture().join();
    }
  }

  private static ArtemisCompensationJournal journal(TestSite closed, Executor threads) {
    return ArtemisCompensationJournal.open(
        closed.configuration().files().data().resolve("journal"), threads);
  }

  private static ExecutorService journalThreads() {
    return Executors.newFixedThreadPool(3, Thread.ofPlatform().name("test-journal-", 0).factory());
  }
}
