package dev.kagami.mirror.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.Seed;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Head;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.Version;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.mirror.compensation.InMemoryCompensationJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Two sites write the same ids at the same time: they end up equal, whoever wins. */
class ConcurrentOriginsTest {
  private static final int ROUNDS = 60;
  private static final int WRITES = 25;
  private static final int IDS = 3;

  /**
   * A write that was sent.
   *
   * @param now when
   */
  private record Sent(Mutation mutation, Timestamp now, CompletableFuture<Answer> answer) {
    /** The least time that its version can have; a clock's tick before now, if it is ours. */
    Timestamp earliest() {
      return mutation.time().isOfClient()
          ? mutation.time().timestamp()
          : new Timestamp(now.unixNanos() - (1L << Stamp.WRITER_BITS));
    }
  }

  @Test
  void twoInsertsOfOneNewIdCross_theSitesAgreeOnTheNewer() {
    var world = new World("B");
    var atA = world.start("A", new InMemoryCompensationJournal(world.time(), World.FSYNC));
    var atB = world.start("B", new InMemoryCompensationJournal(world.time(), World.FSYNC));

    var fromA =
        Answer.of(
            atA.store()
                .apply(
                    new Mutation.Insert(Write.ID, Write.OLD, WriteTime.UNSTAMPED),
                    CallContext.UNBOUNDED));
    var fromB =
        Answer.of(
            atB.store()
                .apply(
                    new Mutation.Insert(Write.ID, Write.NEW, WriteTime.UNSTAMPED),
                    CallContext.UNBOUNDED));
    world.pass(Duration.ofSeconds(30));

    assertThat(
            fromA.toCompletableFuture().join().isOk() || fromB.toCompletableFuture().join().isOk())
        .isTrue();
    assertThat(world.visible("A", Write.ID)).isPresent();
    assertThat(world.visible("A", Write.ID)).isEqualTo(world.visible("B", Write.ID));
  }

  @Test
  void manyWritesFromBothWithFaults_sitesEndEqualAndNothingAcknowledgedIsLost() {
    var seed = Seed.next();
    var random = new SplittableRandom(seed.value());
    for (int round = 0; round < ROUNDS; round++) {
      runRound(random.split(), "round " + round + ", " + seed);
    }
  }

  private static void runRound(SplittableRandom random, String name) {
    var world = new World("B");
    var origins =
        List.of(
            world.start("A", new InMemoryCompensationJournal(world.time(), World.FSYNC)),
            world.start("B", new InMemoryCompensationJournal(world.time(), World.FSYNC)));
    var sent = new ArrayList<Sent>();
    for (int i = 0; i < WRITES; i++) {
      maybeTrouble(world, random);
      var mutation = mutation(world, random, i);
      var stage = origins.get(random.nextInt(2)).store().apply(mutation, CallContext.UNBOUNDED);
      var now = Timestamp.of(world.time().instant());
      sent.add(new Sent(mutation, now, Answer.of(stage).toCompletableFuture()));
      world.pass(Duration.ofMillis(random.nextInt(6)));
    }
    world.pass(Duration.ofSeconds(10));
    world.heal();
    world.pass(Duration.ofMinutes(2));

    assertThat(World.visible(world.site("A"))).as(name).isEqualTo(World.visible(world.site("B")));
    for (var origin : origins) {
      assertThat(origin.leave().toCompletableFuture()).as(name).isCompleted();
    }
    assertNoAcknowledgedWriteIsLost(world, sent, name);
  }

  private static void maybeTrouble(World world, SplittableRandom random) {
    if (random.nextInt(4) != 0) {
      return;
    }
    var door = world.site(random.nextBoolean() ? "A" : "B").door();
    var call = random.nextInt(3) == 0 ? Call.REVOKE : Call.APPLY;
    door.next(
        call,
        switch (random.nextInt(4)) {
          case 0 -> new Step.LoseRequest();
          case 1 -> new Step.LoseAnswer();
          case 2 -> new Step.DoThenFail(new Unavailable("cut"));
          default -> new Step.Refuse(new Unavailable("busy"));
        });
  }

  /** Each write brings a vector of its own, so that what is visible tells who wrote it. */
  private static Mutation mutation(World world, SplittableRandom random, int number) {
    var id = new VectorId("id-" + random.nextInt(IDS));
    var vector = Vector.of(number, 1, 1, 1);
    var time =
        random.nextInt(4) == 0
            ? WriteTime.ofClient(
                Timestamp.of(world.time().instant().plusMillis(random.nextInt(-50, 50))))
            : WriteTime.UNSTAMPED;
    return switch (random.nextInt(5)) {
      case 0, 1 -> new Mutation.Insert(id, vector, time);
      case 2 -> new Mutation.Update(id, vector, time);
      case 3 -> new Mutation.Upsert(id, vector, time);
      default -> new Mutation.Remove(id, time);
    };
  }

  /** What was acknowledged is there, or something newer is; what was refused is not. */
  private static void assertNoAcknowledgedWriteIsLost(World world, List<Sent> sent, String name) {
    for (var each : sent) {
      var id = each.mutation().id();
      var newest = world.site("A").cluster().contents().getOrDefault(id, Kept.nothing(id)).newest();
      var vector = each.mutation().content();
      var error = each.answer().join().error();
      if (error.isPresent() && vector.isPresent()) {
        assertThat(newest.flatMap(Version::vector))
            .as("%s: %s was refused with %s", name, each.mutation(), error)
            .isNotEqualTo(vector);
      } else if (error.isEmpty()) {
        var head = newest.map(Version::head).orElseThrow();
        assertThat(head.timestamp())
            .as("%s: %s was acknowledged", name, each.mutation())
            .isGreaterThanOrEqualTo(each.earliest());
        lastAttempt(world, each.mutation())
            .ifPresent(stored ->
                assertThat(head)
                    .as("%s: %s was acknowledged", name, each.mutation())
                    .isGreaterThanOrEqualTo(stored));
      }
    }
  }

  /** What a write was sent as, the last time; told by its vector, so not of a removal. */
  private static Optional<Head> lastAttempt(World world, Mutation mutation) {
    return world.site("A").door().mutations().stream()
        .filter(each -> each.content().isPresent())
        .filter(each -> each.content().equals(mutation.content()))
        .map(each -> each.version().head())
        .max(Comparator.comparing(Head::stamp));
  }
}
