package dev.kagami.mirror.replication;

import static dev.kagami.core.error.ValdException.Code.INTERNAL;
import static dev.kagami.core.error.ValdException.Code.RESOURCE_EXHAUSTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ValdException.AlreadyExists;
import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.error.ValdException.ResourceExhausted;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Head;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Vector;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sites that differ before a write: what the outcome table says of the rows without a failure. */
class LevelForwardTest {
  private final World world = new World("B", "C");
  private final Origin origin = world.start();

  /** What a site holds beforehand. */
  enum Holds {
    NOTHING,
    OLD,
    /** The very data that the write brings. */
    NEW
  }

  @ParameterizedTest(name = "{0}: A holds {1}, B holds {2}")
  @CsvSource({
    "INSERT,           NOTHING, OLD",
    "INSERT,           OLD,     NOTHING",
    "INSERT,           NEW,     NOTHING",
    "UPDATE,           OLD,     NEW",
    "UPDATE,           NEW,     OLD",
    "UPDATE,           OLD,     NOTHING",
    "UPDATE,           NOTHING, OLD",
    "UPDATE,           NEW,     NOTHING",
    "UPSERT_OF_OLD_ID, OLD,     NEW",
    "UPSERT_OF_OLD_ID, NEW,     NOTHING",
    "REMOVE,           OLD,     NOTHING",
    "REMOVE,           NOTHING, OLD",
  })
  void sitesDiffer_theWriteIsLevelledForwardToAll(Write write, Holds atA, Holds atB) {
    put("A", atA);
    put("B", atB);
    put("C", atA);

    var answer = send(write);

    // where no site took it as it was, as with the same data here and nothing there, none differs
    assertThat(answer.isOk()).isTrue();
    assertAllShow(write);
    world.pass(Duration.ofSeconds(10));
    assertAllShow(write);
    assertThat(newest("A").stamp()).isEqualTo(newest("B").stamp()).isEqualTo(newest("C").stamp());
    assertThat(newest("A").timestamp()).isEqualTo(newest("B").timestamp());
  }

  @ParameterizedTest(name = "{0}: all hold {1}")
  @CsvSource({
    "INSERT,           OLD,     ALREADY_EXISTS",
    "INSERT,           NEW,     ALREADY_EXISTS",
    "UPDATE,           NOTHING, NOT_FOUND",
    "UPDATE,           NEW,     ALREADY_EXISTS",
    "UPSERT_OF_OLD_ID, NEW,     ALREADY_EXISTS",
    "REMOVE,           NOTHING, NOT_FOUND",
  })
  void allRefuseAlike_theClientIsRefusedAndNothingIsUndone(Write write, Holds all, Code code) {
    List.of("A", "B", "C").forEach(site -> put(site, all));
    var before = world.visible();

    var answer = send(write);

    answer.refusal(code);
    assertThat(answer.bySite()).containsOnlyKeys("A", "B", "C");
    assertThat(answer.bySite().values()).allMatch(told -> told.endsWith("; nothing stored"));
    world.pass(Duration.ofSeconds(10));
    assertThat(world.visible()).isEqualTo(before);
    assertThat(world.site("B").door().marks()).isEmpty();
    assertThat(origin.leave().toCompletableFuture()).isCompleted();
  }

  @Test
  void levellingFails_bothRoundsAreUndone() {
    put("B", Holds.OLD);
    var before = world.visible();
    world.site("B").door().next(Call.APPLY, new Step.Pass());
    world
        .site("B")
        .door()
        .next(Call.APPLY, new Step.DoThenFail(new ResourceExhausted("the disk is full")));

    var answer = send(Write.INSERT);

    assertThat(answer.refusal(RESOURCE_EXHAUSTED)).hasMessageStartingWith("B: ");
    assertThat(world.visible()).isEqualTo(before);
  }

  @Test
  void levelledTargetStillSaysThatTheIdExists_itIsAFaultAndAllIsUndone() {
    put("B", Holds.OLD);
    var before = world.visible();
    world.site("B").door().always(new Step.Refuse(new AlreadyExists("uuid exists")));
    world.site("B").door().next(Call.APPLY, new Step.Pass());
    world.site("B").door().next(Call.REVOKE, new Step.Pass());

    var answer = send(Write.INSERT);

    assertThat(answer.refusal(INTERNAL)).hasMessageContaining("B: answered ALREADY_EXISTS");
    assertThat(world.visible()).isEqualTo(before);
    assertThat(world.site("B").door().calls(Call.APPLY)).isEqualTo(2);
  }

  @Test
  void clientCancels_theWriteRunsToItsEndAllTheSame() {
    var stage = origin.store().apply(Write.INSERT.mutation(), CallContext.UNBOUNDED);

    stage.toCompletableFuture().cancel(true);
    world.pass(Duration.ofSeconds(1));

    assertAllShow(Write.INSERT);
    assertThat(origin.leave().toCompletableFuture()).isCompleted();
  }

  @Test
  void clientsDeadlinePasses_theWriteRunsToItsEndAllTheSame() {
    var soon = new CallContext(world.time().instant().plus(World.FSYNC), CallContext.Origin.USER);

    var stage = Answer.of(origin.store().apply(Write.INSERT.mutation(), soon));
    world.until(stage);

    assertThat(world.time().instant()).isAfter(soon.deadline());
    assertThat(stage.toCompletableFuture().join().isOk()).isTrue();
    assertAllShow(Write.INSERT);
  }

  private void put(String site, Holds holds) {
    switch (holds) {
      case NOTHING -> {}
      case OLD -> put(site, Write.OLD);
      case NEW -> put(site, Write.NEW);
    }
  }

  private void put(String site, Vector vector) {
    var insert = new Mutation.Insert(Write.ID, vector, WriteTime.UNSTAMPED);
    assertThat(
            world.site(site).cluster().apply(insert, CallContext.UNBOUNDED).toCompletableFuture())
        .isCompleted();
    world.pass(Duration.ofMillis(1));
  }

  private Answer send(Write write) {
    var stage = Answer.of(origin.store().apply(write.mutation(), CallContext.UNBOUNDED));
    world.until(stage);
    return stage.toCompletableFuture().join();
  }

  private void assertAllShow(Write write) {
    for (var site : List.of("A", "B", "C")) {
      assertThat(world.visible(site, Write.ID).flatMap(version -> version.vector()))
          .as(site)
          .isEqualTo(write.mutation().content());
    }
  }

  private Head newest(String site) {
    return world.site(site).cluster().contents().get(Write.ID).newest().orElseThrow().head();
  }
}
