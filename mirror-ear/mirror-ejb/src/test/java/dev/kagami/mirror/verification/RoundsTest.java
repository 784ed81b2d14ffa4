package dev.kagami.mirror.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.catchup.Progress;
import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.ScriptedVectorStore;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.mirror.mesh.Mesh;
import dev.kagami.mirror.mesh.TargetPhase;
import dev.kagami.mirror.verification.Verification.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ControlledScheduler time = new ControlledScheduler();
  private final InMemoryVectorStore own = store(1);
  private final ScriptedVectorStore b = new ScriptedVectorStore(store(2));
  private final ScriptedVectorStore c = new ScriptedVectorStore(store(3));
  private Mesh mesh = new Mesh(List.of(member("B", b), member("C", c)));
  private Duration lag = Duration.ZERO;
  private final Verifier verifier = new Verifier(own, () -> mesh, time);
  private final Rounds rounds = rounds(HOUR);

  private final Logger log = Logger.getLogger(Rounds.class.getName());
  private final Told told = new Told();

  /** What the log was told. */
  private static final class Told extends Handler {
    private final List<Level> levels = new ArrayList<>();

    @Override
    public void publish(LogRecord line) {
      levels.add(line.getLevel());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void listen() {
    log.setUseParentHandlers(false);
    log.addHandler(told);
  }

  @AfterEach
  void listenNoMore() {
    log.removeHandler(told);
    log.setUseParentHandlers(true);
  }

  @Test
  void intervalHasPassed_everyTargetIsComparedAgainAndAgain() {
    rounds.start();
    time.advance(HOUR.minus(MINUTE));
    assertThat(verifier.result("B")).isEmpty();

    time.advance(MINUTE);
    assertThat(state("B")).contains(State.EQUAL);
    assertThat(state("C")).contains(State.EQUAL);

    upsert(own);
    time.advance(HOUR.plus(MINUTE));
    assertThat(state("B")).contains(State.DIFFERENT);
    assertThat(state("C")).contains(State.DIFFERENT);
    assertThat(told.levels).as("a line for each").containsExactly(Level.WARNING, Level.WARNING);
  }

  @Test
  void everythingIsEqual_theLogIsSilent() {
    rounds.start();

    time.advance(HOUR.multipliedBy(3));

    assertThat(b.calls(Call.HEADS)).isEqualTo(3);
    assertThat(told.levels).isEmpty();
  }

  private CompletableFuture<Void> holdAnswerOfB() {
    var gate = new CompletableFuture<Void>();
    b.next(Call.HEADS, new Step.HoldAnswer(gate));
    return gate;
  }

  @Test
  void targetIsSlow_theOthersWaitTheirTurn() {
    var gate = holdAnswerOfB();
    rounds.start();

    time.advance(HOUR);
    assertThat(c.calls(Call.HEADS)).isZero();

    gate.complete(null);
    assertThat(c.calls(Call.HEADS)).isPositive();
  }

  @Test
  void targetLacksSomethingForAWhile_itIsNotCompared() {
    lag = Duration.ofSeconds(7);
    rounds.start();

    time.advance(HOUR);

    assertThat(b.calls(Call.HEADS)).isZero();
    assertThat(rounds.obstacle("B")).contains("it has lacked something for 7 s");
  }

  @Test
  void targetIsCatchingUpOrHeld_itIsNotCompared() {
    mesh =
        new Mesh(
            List.of(new Mesh.Member("B", TargetPhase.CATCHING_UP, b), member("C", c)),
            Set.of("C"),
            false);
    rounds.start();

    time.advance(HOUR);

    assertThat(b.calls(Call.HEADS) + c.calls(Call.HEADS)).isZero();
    assertThat(rounds.obstacle("B")).contains("it is CATCHING_UP");
    assertThat(rounds.obstacle("C")).contains("an operator holds it");
  }

  @Test
  void targetFallsBehindWhileItIsCompared_nothingIsSaidOfDifferences() {
    upsert(own);
    rounds.start();

    time.advance(HOUR);
    lag = Duration.ofSeconds(1);
    time.advance(MINUTE);

    assertThat(state("B")).contains(State.DIFFERENT);
    assertThat(told.levels).isEmpty();
  }

  @Test
  void targetIsRemovedMeanwhile_theRoundGoesOnWithoutIt() {
    var gate = holdAnswerOfB();
    rounds.start();
    time.advance(HOUR);

    mesh = new Mesh(List.of(member("B", b)));
    gate.complete(null);
    time.advance(HOUR);

    assertThat(c.calls(Call.HEADS)).isZero();
    assertThat(b.calls(Call.HEADS)).as("of the next round too").isEqualTo(2);
  }

  @Test
  void intervalIsZero_nobodyIsEverCompared() {
    rounds(Duration.ZERO).start();

    assertThat(time.pending()).isZero();
  }

  @Test
  void stopped_noComparisonBegins() {
    rounds.start();
    rounds.stop();

    time.advance(HOUR.multipliedBy(2));

    assertThat(b.calls(Call.HEADS)).isZero();
    assertThat(time.pending()).isZero();
  }

  private Rounds rounds(Duration interval) {
    return new Rounds(
        verifier,
        () -> mesh,
        _ -> Optional.of(new Progress(lag.isZero() ? 0 : 1, lag, 0, "")),
        time,
        interval);
  }

  private Optional<State> state(String target) {
    return verifier.result(target).map(Verification::state);
  }

  private static Mesh.Member member(String name, ScriptedVectorStore store) {
    return new Mesh.Member(name, TargetPhase.CONNECTED, store);
  }

  private InMemoryVectorStore store(int site) {
    return new InMemoryVectorStore(
        "store " + site, new VectorSpace(2, Metric.L2), new WriterNumber(site, 0), time);
  }

  private static void upsert(InMemoryVectorStore store) {
    var when = WriteTime.ofClient(new Timestamp(1));
    store.apply(
        new Mutation.Upsert(new VectorId("a"), Vector.of(1, 1), when), CallContext.UNBOUNDED);
  }
}
