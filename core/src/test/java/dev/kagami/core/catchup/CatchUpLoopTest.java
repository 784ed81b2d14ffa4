package dev.kagami.core.catchup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ChangePosition;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.ScriptedVectorStore;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CatchUpLoopTest {
  private static final VectorSpace SPACE = new VectorSpace(2, Metric.L2);

  private final ControlledScheduler time = new ControlledScheduler();
  private final InMemoryVectorStore source = store("source", 1);
  private final InMemoryVectorStore target = store("target", 2);
  private final ScriptedVectorStore read = new ScriptedVectorStore(source);
  private final ScriptedVectorStore door = new ScriptedVectorStore(target);
  private final MapOfPositions positions = new MapOfPositions();
  private final CatchUpLoop loop = loop(positions);

  /** Positions that a test can look at. */
  private static final class MapOfPositions implements Positions {
    private final Map<UUID, ChangePosition> known = new HashMap<>();

    @Override
    public ChangePosition in(UUID log) {
      return known.getOrDefault(log, ChangePosition.beginning(log));
    }

    @Override
    public void reached(ChangePosition from, ChangePosition to) {
      known.replace(from.log(), from, to);
      known.putIfAbsent(to.log(), to);
    }

    @Override
    public void startOver() {
      known.clear();
    }
  }

  @Test
  void targetWasAway_itGetsVersionsTombstonesAndMarks() {
    fill(10);
    write(new Mutation.Remove(id(3), WriteTime.UNSTAMPED));
    var undone =
        new Stamp(source.contents().get(id(4)).newest().orElseThrow().stamp().value() + 1024);
    revoke(new VoidMark(id(4), undone));
    revoke(new VoidMark(new VectorId("never-seen"), undone));

    assertThat(reachTheEnd()).isTrue();

    assertThat(heads(target)).isEqualTo(heads(source));
    assertThat(target.contents().get(id(3)).newest().orElseThrow().isTombstone()).isTrue();
    assertThat(target.contents().get(id(4)).marks()).containsExactly(undone);
  }

  @Test
  void sourceWasFlushed_targetIsFlushedOnceToo() {
    fill(10);
    assertThat(reachTheEnd()).isTrue();
    source.flush(Stamp.NONE, CallContext.UNBOUNDED);
    fill(3);

    assertThat(reachTheEnd()).isTrue();
    assertThat(reachTheEnd()).isTrue();

    assertThat(heads(target)).hasSize(3).isEqualTo(heads(source));
    assertThat(door.calls(Call.FLUSH)).isEqualTo(1);
  }

  @Test
  void moreThanOnePage_allComes() {
    fill(100);

    assertThat(reachTheEnd()).isTrue();

    assertThat(heads(target)).hasSize(100).isEqualTo(heads(source));
    assertThat(door.calls(Call.LACKING)).isEqualTo(7);
  }

  @Test
  void targetHasItAlready_nothingIsSentOrReadFromTheSource() {
    fill(10);
    reachTheEnd();
    int sent = door.mutations().size();

    assertThat(end(loop(new MapOfPositions()))).as("by positions that were lost").isTrue();

    assertThat(door.mutations()).hasSize(sent);
    assertThat(read.calls(Call.FIND_ALL)).isEqualTo(1);
  }

  @Test
  void nothingChanged_targetIsNotAsked() {
    fill(10);
    reachTheEnd();
    int asked = door.calls(Call.LACKING);

    assertThat(reachTheEnd()).isTrue();

    assertThat(door.calls(Call.LACKING)).isEqualTo(asked);
  }

  @Test
  void loopIsStoppedOnItsWay_targetHasNotEverything() {
    fill(40);
    var gate = new CompletableFuture<Void>();
    door.next(Call.LACKING, new Step.HoldRequest(gate));
    var end = loop.reachTheEnd().toCompletableFuture();

    loop.stop();
    gate.complete(null);

    assertThat(end).isCompletedWithValue(false);
    assertThat(heads(target)).hasSize(16);
  }

  @Test
  void oneMessageIsNotAcknowledged_positionStaysBeforeItsPage() {
    fill(40);
    for (int i = 0; i < 20; i++) {
      door.next(Call.APPLY, new Step.Pass());
    }
    door.next(Call.APPLY, new Step.Refuse(new Unavailable("full")));

    assertThat(reachTheEnd()).isFalse();

    assertThat(positions.known.values()).extracting(ChangePosition::seq).containsExactly(16L);
    assertThat(loop.progress().trouble()).isEqualTo("full");
    assertThat(reachTheEnd()).isTrue();
    assertThat(heads(target)).isEqualTo(heads(source));
    assertThat(loop.progress().trouble()).isEmpty();
  }

  @Test
  void targetIsSilent_thePassEndsAllTheSameAndIsTriedAgain() {
    fill(3);
    door.next(Call.LACKING, new Step.LoseRequest());
    loop.start();

    time.advance(Duration.ofSeconds(20));

    assertThat(heads(target)).isEqualTo(heads(source));
  }

  @Test
  void versionIsUndoneWhileItIsOnItsWay_thatIsNoTrouble() {
    fill(1);
    var version = source.contents().get(id(0)).newest().orElseThrow();
    var gate = new CompletableFuture<Void>();
    door.next(Call.APPLY, new Step.HoldRequest(gate));
    var reached = loop.reachTheEnd().toCompletableFuture();
    target.revoke(new VoidMark(version.id(), version.stamp()), CallContext.UNBOUNDED);

    gate.complete(null);
    time.advance(Duration.ofMillis(1));

    assertThat(reached).isCompletedWithValue(true);
  }

  @Test
  void writeIsFresh_theLoopLeavesItToTheLivePathFirst() {
    loop.start();
    time.advance(Duration.ofSeconds(5));
    fill(1);

    time.advance(Duration.ofMillis(1900));
    assertThat(door.calls(Call.LACKING)).isZero();
    time.advance(Duration.ofSeconds(3));
    assertThat(heads(target)).isEqualTo(heads(source));
  }

  @Test
  void targetIsAway_theLagGrowsUntilItIsBack() {
    loop.start();
    door.always(new Step.Refuse(new Unavailable("away")));
    fill(10);

    time.advance(Duration.ofSeconds(60));
    var away = loop.progress();
    door.pass();
    time.advance(Duration.ofSeconds(20));
    var back = loop.progress();

    assertThat(away.behind()).isEqualTo(10);
    assertThat(away.lag()).isBetween(Duration.ofSeconds(55), Duration.ofSeconds(60));
    assertThat(away.trouble()).contains("away");
    assertThat(away.left()).isEmpty();
    assertThat(back.behind()).isZero();
    assertThat(back.lag()).isZero();
    assertThat(back.trouble()).isEmpty();
  }

  @Test
  void targetCatchesUp_itsPaceTellsHowLongItTakes() {
    fill(100);
    var first = new CompletableFuture<Void>();
    read.next(Call.CHANGES_SINCE, new Step.HoldAnswer(first))
        .next(Call.CHANGES_SINCE, new Step.Pass())
        .next(Call.CHANGES_SINCE, new Step.Pass())
        .next(Call.CHANGES_SINCE, new Step.LoseAnswer());
    loop.reachTheEnd();

    time.advance(Duration.ofSeconds(1));
    first.complete(null);
    var progress = loop.progress();

    assertThat(progress.behind()).isEqualTo(100 - 3 * 16);
    assertThat(progress.perSecond()).isEqualTo(3 * 16.0);
    assertThat(progress.left().orElseThrow())
        .isBetween(Duration.ofSeconds(1), Duration.ofMillis(1100));
  }

  @Test
  void loopStartsOver_whatTheTargetHasLostComesAgain() {
    fill(10);
    var replaced = store("replaced", 3);
    var there = new AtomicReference<VectorStore>(door);
    var again = new CatchUpLoop(read, () -> Optional.of(there.get()), positions, time, pace());
    assertThat(end(again)).isTrue();
    there.set(replaced);
    assertThat(end(again)).isTrue();
    assertThat(heads(replaced)).as("it is taken for one that has all").isEmpty();

    again.startOver();

    assertThat(end(again)).isTrue();
    assertThat(heads(replaced)).isEqualTo(heads(source));
  }

  @Test
  void loopIsStopped_nothingMoreIsLookedAt() {
    loop.start();
    loop.stop();
    fill(1);

    time.advance(Duration.ofMinutes(1));

    assertThat(read.calls(Call.CHANGE_LOGS)).isZero();
    assertThat(time.pending()).isZero();
  }

  @Test
  void thereIsNoWayToTheTarget_theEndIsNotReached() {
    var nowhere = new CatchUpLoop(read, Optional::empty, positions, time, pace());

    assertThat(end(nowhere)).isFalse();
  }

  private InMemoryVectorStore store(String name, int site) {
    return new InMemoryVectorStore(name, SPACE, new WriterNumber(site, WriterNumber.AGENT), time);
  }

  private CatchUpLoop loop(Positions from) {
    return new CatchUpLoop(read, () -> Optional.<VectorStore>of(door), from, time, pace());
  }

  private static Pace pace() {
    var usual = Pace.DEFAULT;
    return new Pace(usual.period(), usual.delay(), usual.answer(), usual.longestRetry(), 16);
  }

  private boolean reachTheEnd() {
    return end(loop);
  }

  private boolean end(CatchUpLoop which) {
    var reached = which.reachTheEnd().toCompletableFuture();
    time.advance(Duration.ofSeconds(4));
    return reached.join();
  }

  private void fill(int ids) {
    for (int i = 0; i < ids; i++) {
      write(new Mutation.Insert(id(i), Vector.of(i, 1), WriteTime.UNSTAMPED));
    }
  }

  private void write(Mutation mutation) {
    assertThat(source.apply(mutation, CallContext.UNBOUNDED).toCompletableFuture()).isCompleted();
  }

  private void revoke(VoidMark mark) {
    assertThat(source.revoke(mark, CallContext.UNBOUNDED).toCompletableFuture()).isCompleted();
  }

  private static VectorId id(int number) {
    return new VectorId("id-" + number);
  }

  private static Map<VectorId, Object> heads(InMemoryVectorStore store) {
    var heads = new HashMap<VectorId, Object>();
    store.contents().forEach((id, kept) -> heads.put(id, kept.heads()));
    return heads;
  }
}
