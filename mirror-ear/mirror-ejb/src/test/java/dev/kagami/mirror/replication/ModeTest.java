package dev.kagami.mirror.replication;

import static dev.kagami.core.error.ValdException.Code.RESOURCE_EXHAUSTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.ResourceExhausted;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.mirror.mesh.TargetPhase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Three sites of which some are away or refuse: what each mode makes of it. */
class ModeTest {
  private final World world = new World("B", "C");

  @ParameterizedTest(name = "{0}, away: {1}, refusing: {2} -> {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "CONNECTED | none | none | A B C",
        "CONNECTED | C    | none | A B",
        "CONNECTED | B C  | none | A",
        "CONNECTED | none | C    | RESOURCE_EXHAUSTED",
        "CONNECTED | C    | B    | RESOURCE_EXHAUSTED",
        "CONNECTED | none | A    | RESOURCE_EXHAUSTED",
        "STRICT    | none | none | A B C",
        "STRICT    | C    | none | UNAVAILABLE",
        "STRICT    | none | C    | RESOURCE_EXHAUSTED",
        "QUORUM    | none | none | A B C",
        "QUORUM    | C    | none | A B",
        "QUORUM    | B C  | none | UNAVAILABLE",
        "QUORUM    | none | C    | A B",
        "QUORUM    | none | B C  | RESOURCE_EXHAUSTED",
        "QUORUM    | C    | B    | RESOURCE_EXHAUSTED",
        "QUORUM    | none | A    | RESOURCE_EXHAUSTED",
        "LOCAL     | none | none | A",
        "LOCAL     | B C  | none | A",
        "LOCAL     | none | A    | RESOURCE_EXHAUSTED",
      })
  void sitesAreAwayOrRefuse_theModeDecides(
      Mode mode, String away, String refusing, String expected) {
    world.mode(mode);
    names(away).forEach(site -> world.phase(site, TargetPhase.DISCONNECTED));
    names(refusing)
        .forEach(site ->
            world
                .site(site)
                .door()
                .next(Call.APPLY, new Step.Refuse(new ResourceExhausted("full"))));

    assertThat(told(world.start())).isEqualTo(expected);
  }

  private String told(Origin origin) {
    try {
      var stage = Answer.of(origin.store().apply(Write.INSERT.mutation(), CallContext.UNBOUNDED));
      world.until(stage);
      var answer = stage.toCompletableFuture().join();
      var holders =
          List.of("A", "B", "C").stream()
              .filter(site -> world.visible(site, Write.ID).isPresent())
              .toList();
      if (answer.isOk()) {
        return String.join(" ", holders);
      }
      assertThat(holders).as("nothing is left of it").isEmpty();
      return answer.error().orElseThrow().code().toString();
    } catch (ValdException refused) {
      assertThat(refused).hasMessageContaining("nothing was changed");
      return refused.code().toString();
    }
  }

  @Test
  void quorumIsOutOfReach_theMessageSaysHowManyAreNeeded() {
    world.mode(Mode.QUORUM);
    world.phase("B", TargetPhase.DISCONNECTED);
    world.phase("C", TargetPhase.DISCONNECTED);
    var origin = world.start();

    assertThatThrownBy(() -> origin.store().apply(Write.INSERT.mutation(), CallContext.UNBOUNDED))
        .hasMessageContaining("2 of 3 sites have to take a write");
    assertThat(world.site("A").door().calls(Call.APPLY)).isZero();
  }

  @Test
  void targetIsAway_aRollbackDoesNotWaitForItAndItIsToldAllTheSame() {
    world.mode(Mode.CONNECTED);
    world.phase("C", TargetPhase.DISCONNECTED);
    world.site("C").door().always(new Step.LoseRequest());
    world.site("B").door().next(Call.APPLY, new Step.Refuse(new ResourceExhausted("full")));
    var origin = world.start();
    var stage = Answer.of(origin.store().apply(Write.INSERT.mutation(), CallContext.UNBOUNDED));

    world.pass(Duration.ofMillis(100));

    var answer = stage.toCompletableFuture().join();
    assertThat(answer.refusal(RESOURCE_EXHAUSTED)).hasMessageEndingWith("rolled back");
    assertThat(origin.compensator().owedTo("C")).hasSize(1);
    world.heal();
    world.pass(Duration.ofSeconds(15));
    assertThat(world.site("C").cluster().contents().get(Write.ID).marks()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void spelling_isReadBack(Mode mode) {
    assertThat(Mode.parse(mode.spelling())).isEqualTo(mode);
  }

  @Test
  void otherSpelling_isRefusedWithWhatIsKnown() {
    assertThatThrownBy(() -> Mode.parse("Strict"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("connected, strict, quorum, local");
  }

  private static List<String> names(String sites) {
    return sites.equals("none") ? List.of() : List.of(sites.split(" "));
  }
}
