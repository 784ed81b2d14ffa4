package dev.kagami.mirror.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ValdException.AlreadyExists;
import dev.kagami.core.error.ValdException.ResourceExhausted;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.mirror.mesh.TargetPhase;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A target that is catching up, beside one that is connected. */
class FollowerTest {
  private static final Duration ROUND_TRIP = Duration.ofMillis(100);

  private final World world = new World("B", "C");

  @BeforeEach
  void oneIsCatchingUp() {
    world.mode(Mode.CONNECTED);
    world.phase("C", TargetPhase.CATCHING_UP);
  }

  @ParameterizedTest
  @EnumSource(names = "STRICT", mode = EnumSource.Mode.EXCLUDE)
  void writeStands_itGetsItToo(Mode mode) {
    world.mode(mode);

    assertThat(write().isOk()).isTrue();

    world.pass(ROUND_TRIP);
    assertThat(world.visible("B", Write.ID)).isPresent();
    assertThat(world.visible("C", Write.ID)).isEqualTo(world.visible("A", Write.ID));
  }

  @Test
  void itRefuses_theWriteStands() {
    world.site("C").door().always(new Step.Refuse(new ResourceExhausted("full")));

    assertThat(write().isOk()).isTrue();

    world.pass(ROUND_TRIP);
    assertThat(world.visible("B", Write.ID)).isPresent();
  }

  @Test
  void itIsSilent_nobodyWaits() {
    world.site("C").door().always(new Step.LoseRequest());
    var begun = world.time().instant();

    assertThat(write().isOk()).isTrue();

    assertThat(Duration.between(begun, world.time().instant())).isLessThan(ROUND_TRIP);
  }

  @Test
  void writeIsRolledBack_itHearsOfTheUndoOnly() {
    world.site("B").door().next(Call.APPLY, new Step.Refuse(new ResourceExhausted("full")));

    assertThat(write().isOk()).isFalse();

    world.pass(ROUND_TRIP);
    assertThat(world.site("C").door().calls(Call.APPLY)).isZero();
    assertThat(world.site("C").cluster().contents().get(Write.ID).marks()).hasSize(1);
  }

  @Test
  void writeIsRefusedByAll_itHearsNothing() {
    var all = new Step.Refuse(new AlreadyExists("uuid is there"));
    world.site("A").door().next(Call.APPLY, all);
    world.site("B").door().next(Call.APPLY, all);

    assertThat(write().isOk()).isFalse();

    world.pass(ROUND_TRIP);
    assertThat(world.site("C").door().calls(Call.APPLY)).isZero();
  }

  private Answer write() {
    var stage =
        Answer.of(world.start().store().apply(Write.INSERT.mutation(), CallContext.UNBOUNDED));
    world.until(stage);
    return stage.toCompletableFuture().join();
  }
}
