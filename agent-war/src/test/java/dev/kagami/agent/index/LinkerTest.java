package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who may write while slots are linked. */
class LinkerTest {
  private static final IndexSettings SETTINGS = IndexSettings.of(new VectorSpace(2, Metric.L2));
  private static final int MOST_PENDING = 3;

  private final Engine engine = engine();
  private final Pending pending = new Pending();
  private final ControlledScheduler time = new ControlledScheduler();
  private final SteppingExecutor executor = new SteppingExecutor();
  private final List<CompletableFuture<Void>> turns = new ArrayList<>();

  private static Engine engine() {
    var engines = new Engines(SETTINGS, IndexExecutors.DIRECT, new ControlledScheduler());
    return engines.over(engines.nothing());
  }

  /**
   * A linker that passes all slots over.
   *
   * @param meanwhile is told the slot whose turn it is
   */
  private Linker linker(IntConsumer meanwhile) {
    var purge = new Purge(engine.contents(), engine.graph());
    return new Linker(
        pending,
        engine.graph(),
        purge,
        slot -> {
          meanwhile.accept(slot);
          return false;
        },
        executor,
        MOST_PENDING,
        new Turnstile(time));
  }

  private void publish(int slots) {
    IntStream.range(0, slots).forEach(pending::publish);
  }

  private void write(Linker linker) {
    linker
        .turn()
        .ifPresentOrElse(
            turn -> turns.add(turn.toCompletableFuture()),
            () -> turns.add(CompletableFuture.completedFuture(null)));
  }

  private long answered() {
    return turns.stream().filter(CompletableFuture::isDone).count();
  }

  /** Writes thrice when the first slot is linked, and looks at each. */
  private List<Long> answeredAtEachSlot(int slots) {
    var seen = new ArrayList<Long>();
    var linkers = new ArrayList<Linker>();
    linkers.add(
        linker(slot -> {
          if (slot == 0) {
            for (int i = 0; i < 3; i++) {
              write(linkers.getFirst());
            }
          }
          seen.add(answered());
        }));
    publish(slots);
    linkers.getFirst().wake();
    executor.runAll();
    return seen;
  }

  @Test
  void muchIsPending_aWriterGoesOnForTwoThatAreLinked() {
    assertThat(answeredAtEachSlot(10)).containsExactly(0L, 0L, 1L, 1L, 2L, 2L, 3L, 3L, 3L, 3L);
  }

  /** A peer takes who does not answer for seconds for dead. */
  @Test
  void linkingIsSlow_nobodyWaitsForLong() {
    var seen = new ArrayList<Long>();
    var linkers = new ArrayList<Linker>();
    linkers.add(
        linker(slot -> {
          for (int i = 0; i < 100; i++) {
            write(linkers.getFirst());
          }
          seen.add(answered());
          time.advance(Turnstile.LONGEST_WAIT.dividedBy(2));
        }));
    publish(MOST_PENDING + 4);
    linkers.getFirst().wake();

    executor.runAll();

    assertThat(seen).startsWith(0L, 0L, 100L, 200L);
  }

  @Test
  void enoughIsLinked_allGoOn() {
    assertThat(answeredAtEachSlot(5)).containsExactly(0L, 0L, 3L, 3L, 3L);
  }

  @Test
  void littleIsPending_nobodyWaits() {
    assertThat(answeredAtEachSlot(MOST_PENDING)).containsExactly(3L, 3L, 3L);
  }

  @Test
  void linkingHasNotBegun_nobodyWaits() {
    var linker = linker(_ -> {});
    publish(10);

    assertThat(linker.turn()).isEmpty();
  }

  @Test
  void linkingFails_nobodyWaitsAnyMore() {
    var linkers = new ArrayList<Linker>();
    linkers.add(
        linker(slot -> {
          write(linkers.getFirst());
          if (slot == 1) {
            throw new IllegalStateException("on purpose");
          }
        }));
    publish(10);
    linkers.getFirst().wake();

    assertThatThrownBy(executor::runAll).hasMessage("on purpose");

    assertThat(turns).hasSize(2).allMatch(CompletableFuture::isDone);
    assertThat(linkers.getFirst().turn()).isEmpty();
  }
}
