package dev.kagami.mirror.catchup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.catchup.Pace;
import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ForwardingVectorStore;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.KeptHeads;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.mirror.mesh.Mesh;
import dev.kagami.mirror.mesh.TargetPhase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes of one site that share a database, and one target. */
class SharedCatchUpTest {
  private static final VectorSpace SPACE = new VectorSpace(2, Metric.L2);
  private static final Duration A_WHILE = Duration.ofSeconds(5);

  private final ControlledScheduler time = new ControlledScheduler();
  private final InMemoryVectorStore own = store("own", 1);
  private final InMemoryVectorStore target = store("B", 2);
  private final InMemoryPositionRepository database = new InMemoryPositionRepository();
  private final Replica one = new Replica("mirror-1");
  private final Replica two = new Replica("mirror-2");

  /** A process, and how often it has offered the target something. */
  private final class Replica {
    private final CatchUp catchUp;
    private int offers;
    private Mesh mesh;

    Replica(String name) {
      var way =
          new ForwardingVectorStore(target) {
            @Override
            public CompletionStage<List<KeptHeads>> lacking(
                List<KeptHeads> offered, CallContext context) {
              offers++;
              return super.lacking(offered, context);
            }
          };
      mesh = new Mesh(List.of(new Mesh.Member("B", TargetPhase.CONNECTED, way)));
      catchUp =
          new CatchUp(
              own,
              () -> mesh,
              new CatchUp.Keeping(database, name, Runnable::run),
              time,
              Pace.DEFAULT);
      catchUp.load();
      catchUp.start();
    }

    void sees(TargetPhase phase) {
      var member = mesh.members().getFirst();
      mesh = new Mesh(List.of(new Mesh.Member(member.name(), phase, member.store())));
    }

    boolean reachTheEnd() {
      return catchUp.reachTheEnd("B").toCompletableFuture().join();
    }
  }

  @BeforeEach
  void bothHaveReachedTheTarget() {
    one.reachTheEnd();
    two.reachTheEnd();
    time.advance(A_WHILE);
  }

  @Test
  void oneHasTheLease_theOtherSendsNothing() {
    write("a");

    time.advance(A_WHILE);

    assertThat(target.contents()).containsOnlyKeys(own.contents().keySet());
    assertThat(one.offers).isPositive();
    assertThat(two.offers).isZero();
    assertThat(one.catchUp.progress("B")).isPresent();
    assertThat(two.catchUp.progress("B")).isEmpty();
  }

  @Test
  void holderIsGone_theOtherTakesOverAndGoesOnWhereItWas() {
    write("a");
    time.advance(A_WHILE);
    one.catchUp.stop();

    time.advance(Share.EXPIRY.plus(Share.BEAT).plus(A_WHILE));
    int offered = two.offers;
    write("b");
    time.advance(A_WHILE);

    assertThat(offered).as("what the other had brought").isZero();
    assertThat(target.contents()).containsOnlyKeys(own.contents().keySet());
    assertThat(database.leases()).extracting(Lease::holder).containsExactly("mirror-2");
  }

  @Test
  void holderIsAliveWithNothingToBring_theOtherTakesNothing() {
    time.advance(Share.EXPIRY.multipliedBy(5));

    assertThat(database.leases()).extracting(Lease::holder).containsExactly("mirror-1");
  }

  @Test
  void holderHadStoodStill_itStoresNothingMore() {
    var taken = database.take(database.leases().getFirst(), "mirror-2").orElseThrow();
    two.catchUp.stop();
    write("a");

    time.advance(A_WHILE);

    assertThat(database.leases()).containsExactly(taken);
    assertThat(one.catchUp.progress("B")).isEmpty();
  }

  /** Only then does its process count the target as connected. */
  @Test
  void targetIsBack_eachProcessMakesSureThatItHasEverything() {
    write("a");

    assertThat(two.reachTheEnd()).isTrue();

    assertThat(target.contents()).containsOnlyKeys(own.contents().keySet());
    assertThat(two.offers).isPositive();
  }

  @Test
  void operatorAsksTheOtherToStartOver_itTakesTheLeaseAndBringsEverything() {
    write("a");
    time.advance(A_WHILE);

    two.catchUp.startOver("B");
    time.advance(A_WHILE);

    assertThat(database.leases()).extracting(Lease::holder).containsExactly("mirror-2");
    assertThat(two.offers).isPositive();
  }

  @Test
  void operatorAsksTheHolderToStartOver_itBringsEverythingItself() {
    write("a");
    time.advance(A_WHILE);
    int before = one.offers;

    one.catchUp.startOver("B");
    time.advance(A_WHILE);

    assertThat(one.offers).isGreaterThan(before);
    assertThat(database.leases()).extracting(Lease::holder).containsExactly("mirror-1");
  }

  @Test
  void holderReachesTheTargetNoMore_theOtherThatDoesTakesOver() {
    one.sees(TargetPhase.DISCONNECTED);

    time.advance(Share.EXPIRY.plus(Share.BEAT).plus(A_WHILE));
    write("a");
    time.advance(A_WHILE);

    assertThat(database.leases()).extracting(Lease::holder).containsExactly("mirror-2");
    assertThat(two.offers).isPositive();
  }

  @Test
  void nobodyReachesTheTarget_theLeaseStaysAndBothTellHowFarItIsBehind() {
    one.sees(TargetPhase.DISCONNECTED);
    two.sees(TargetPhase.DISCONNECTED);

    time.advance(Share.EXPIRY.multipliedBy(3));

    assertThat(database.leases()).extracting(Lease::holder).containsExactly("mirror-1");
    assertThat(one.catchUp.progress("B")).isPresent();
    assertThat(two.catchUp.progress("B")).isPresent();
  }

  /** It was removed and added again, empty, and one has not noticed. */
  @Test
  void targetIsForgottenUnderItsHolder_nothingThatItHadCounts() {
    write("a");
    time.advance(A_WHILE);
    int before = one.offers + two.offers;

    database.forget("B");
    time.advance(A_WHILE);

    assertThat(one.offers + two.offers).isGreaterThan(before);
    assertThat(database.positions()).isNotEmpty();
  }

  @Test
  void targetIsRemoved_itsPositionsAndLeaseAreForgotten() {
    write("a");
    time.advance(A_WHILE);

    one.mesh = Mesh.EMPTY;
    two.mesh = Mesh.EMPTY;
    time.advance(A_WHILE);

    assertThat(database.positions()).isEmpty();
    assertThat(database.leases()).isEmpty();
  }

  private void write(String id) {
    own.apply(
        new Mutation.Upsert(new VectorId(id), Vector.of(1, 2), WriteTime.UNSTAMPED),
        CallContext.UNBOUNDED);
  }

  private InMemoryVectorStore store(String name, int site) {
    return new InMemoryVectorStore(name, SPACE, new WriterNumber(site, WriterNumber.AGENT), time);
  }
}
