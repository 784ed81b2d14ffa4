package dev.kagami.mirror.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.core.error.ValdException.ResourceExhausted;
import dev.kagami.core.fanout.Outcome;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.CallMetadata;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.Stamp;
import dev.kagami.mirror.console.WriteOperations;
import dev.kagami.mirror.console.WriteView.State;
import dev.kagami.mirror.mesh.TargetPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client may ask for and is told beside the answer, and what it may ask later. */
class ReceiptTest {
  private final World world = new World("B", "C");
  private final Client client = new Client();

  /** Somebody who asks for something and writes down what it is told. */
  private static final class Client implements CallMetadata {
    private Map<String, String> asked = Map.of();
    private final List<String> told = new ArrayList<>();

    @Override
    public Optional<String> asked(String name) {
      return Optional.ofNullable(asked.get(name));
    }

    @Override
    public void tell(String name, String value) {
      told.add(name + ": " + value);
    }

    List<String> outcomes() {
      return told.stream().filter(each -> each.startsWith("kagami-outcome")).toList();
    }

    Stamp stamp() {
      return told.stream()
          .filter(each -> each.startsWith("kagami-stamp: "))
          .map(each -> new Stamp(Long.parseLong(each.substring(14))))
          .findFirst()
          .orElseThrow();
    }
  }

  @BeforeEach
  void writesNeedWhoIsConnected() {
    world.mode(Mode.CONNECTED);
  }

  @Test
  void writeStands_theClientIsToldItsStampTimeAndOutcomes() {
    var origin = world.start();

    assertThat(write(origin).isOk()).isTrue();

    var version = world.visible("B", Write.ID).orElseThrow();
    assertThat(client.told)
        .containsExactly(
            "kagami-stamp: " + version.stamp().value(),
            "kagami-timestamp: " + version.timestamp().unixNanos(),
            "kagami-outcome: A=OK",
            "kagami-outcome: B=OK",
            "kagami-outcome: C=OK");
    var asked = writes(origin).receipt(client.stamp());
    assertThat(asked.state()).isEqualTo(State.APPLIED);
    assertThat(asked.receipt().orElseThrow().id()).isEqualTo(Write.ID);
    assertThat(asked.pendingAt()).isEmpty();
  }

  @Test
  void targetIsAway_theReceiptSaysThatItIsPendingThere() {
    world.phase("C", TargetPhase.DISCONNECTED);

    assertThat(write(world.start()).isOk()).isTrue();

    assertThat(client.outcomes())
        .containsExactly(
            "kagami-outcome: A=OK", "kagami-outcome: B=OK", "kagami-outcome: C=PENDING");
  }

  @Test
  void writeIsRolledBack_whereTheUndoIsPendingIsKnownUntilItIsNot() {
    world.site("B").door().next(Call.APPLY, new Step.Refuse(new ResourceExhausted("full")));
    world.site("C").door().always(new Step.LoseRequest());
    var origin = world.start();

    assertThat(write(origin).isOk()).isFalse();

    assertThat(client.outcomes())
        .containsExactly(
            "kagami-outcome: A=OK; rolled back",
            "kagami-outcome: B=RESOURCE_EXHAUSTED; rolled back",
            "kagami-outcome: C=DEADLINE_EXCEEDED; undo pending");
    var pending = writes(origin).pending();
    assertThat(pending)
        .singleElement()
        .satisfies(each -> {
          assertThat(each.stamp()).isEqualTo(client.stamp());
          assertThat(each.state()).isEqualTo(State.UNDO_PENDING);
          assertThat(each.pendingAt()).containsExactly("C");
        });
    world.heal();
    world.pass(Duration.ofSeconds(15));
    assertThat(writes(origin).pending()).isEmpty();
    assertThat(writes(origin).receipt(client.stamp()).state()).isEqualTo(State.NOWHERE);
  }

  @Test
  void writeIsUnderWay_itIsUndecided() {
    world.site("B").door().always(new Step.LoseRequest());
    var origin = world.start();
    var stage = Answer.of(origin.store().apply(Write.INSERT.mutation(), CallContext.UNBOUNDED));

    world.pass(Duration.ofSeconds(1));

    assertThat(writes(origin).pending())
        .singleElement()
        .satisfies(each -> assertThat(each.state()).isEqualTo(State.UNDECIDED));
    assertThat(stage.toCompletableFuture()).isNotDone();
  }

  @Test
  void clientAsksForAMode_thatHoldsForItsWriteOnly() {
    world.site("B").door().always(new Step.Refuse(new ResourceExhausted("full")));
    var origin = world.start();
    client.asked = Map.of("kagami-mode", "local");

    assertThat(write(origin).isOk()).isTrue();

    assertThat(client.outcomes())
        .containsExactly(
            "kagami-outcome: A=OK", "kagami-outcome: B=PENDING", "kagami-outcome: C=PENDING");
    client.asked = Map.of();
    assertThat(write(origin).isOk()).as("in the usual mode").isFalse();
  }

  @Test
  void modeIsUnknown_nobodyIsAsked() {
    var origin = world.start();
    client.asked = Map.of("kagami-mode", "most");

    assertThatThrownBy(() -> write(origin))
        .isInstanceOf(InvalidArgument.class)
        .hasMessageContaining("'most'")
        .hasMessageContaining("connected, strict, quorum, local");
    assertThat(world.site("A").door().calls(Call.APPLY)).isZero();
  }

  @Test
  void stampIsUnknown_itsProcessIsNamed() {
    var writes = writes(world.start());

    assertThatThrownBy(() -> writes.receipt(new Stamp((2 << 6 | 3) + (1L << 40))))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("process 3 of the site with number 2");
  }

  @Test
  void idIsExplained_everySiteTellsWhatItKeepsOrWhyNot() {
    var origin = world.start();
    assertThat(write(origin).isOk()).isTrue();
    world.site("C").door().always(new Step.LoseRequest());
    var begun = world.time().instant();

    var asked = writes(origin).explain(Write.ID).toCompletableFuture();
    world.until(asked);

    assertThat(Duration.between(begun, world.time().instant())).isLessThan(Duration.ofSeconds(1));
    var explained = asked.join();
    assertThat(explained.sites().get("B"))
        .isEqualTo(new Outcome.Answered<>(world.site("B").cluster().contents().get(Write.ID)));
    assertThat(explained.sites().get("C")).isInstanceOf(Outcome.Unknown.class);
    assertThat(explained.writes())
        .singleElement()
        .satisfies(each -> assertThat(each.stamp()).isEqualTo(client.stamp()));
  }

  private WriteOperations writes(Origin origin) {
    return new WriteOperations(origin, world.time());
  }

  private Answer write(Origin origin) {
    var context = new CallContext(Instant.MAX, CallContext.Origin.USER, client);
    var stage = Answer.of(origin.store().apply(Write.UPSERT_OF_NEW_ID.mutation(), context));
    world.until(stage);
    return stage.toCompletableFuture().join();
  }
}
