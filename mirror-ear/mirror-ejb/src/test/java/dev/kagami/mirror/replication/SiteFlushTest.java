package dev.kagami.mirror.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ChangeLog;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.mirror.mesh.TargetPhase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything is removed at all sites by one stamp. */
class SiteFlushTest {
  private static final CallContext PEER = new CallContext(Instant.MAX, CallContext.Origin.PEER);

  private final World world = new World("B", "C");
  private final VectorStore store = world.start().store();

  @BeforeEach
  void fill() {
    var insert = new Mutation.Insert(new VectorId("a"), Vector.of(1, 2, 3, 4), WriteTime.UNSTAMPED);
    ended(store.apply(insert, CallContext.UNBOUNDED)).join();
    assertThat(world.visible()).noneMatch(Map::isEmpty);
  }

  @Test
  void userFlushes_allSitesAreEmptyUpToOneStamp() {
    flush().join();

    assertThat(world.visible()).allMatch(Map::isEmpty);
    assertThat(flushed("A")).isNotEqualTo(Stamp.NONE);
    assertThat(flushed("B")).isEqualTo(flushed("A"));
    assertThat(flushed("C")).isEqualTo(flushed("A"));
  }

  @Test
  void targetIsNotConnected_nothingIsChanged() {
    world.phase("C", TargetPhase.DISCONNECTED);

    var refused = catchThrowableOfType(ValdException.class, this::flush);

    assertThat(refused.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(refused).hasMessageContaining("C").hasMessageContaining("nothing was changed");
    assertThat(world.visible()).noneMatch(Map::isEmpty);
  }

  @Test
  void ownClusterRefuses_noTargetIsAsked() {
    world.site("A").door().next(Call.FLUSH, new Step.Refuse(new Unavailable("disk full")));

    var refused = refusal(flush());

    assertThat(refused.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(refused).hasMessageContaining("disk full").hasMessageContaining("no target");
    assertThat(world.site("B").door().calls(Call.FLUSH)).isZero();
    assertThat(world.visible()).noneMatch(Map::isEmpty);
  }

  @Test
  void targetFails_itIsNamedAndNothingIsTakenBack() {
    world.site("B").door().next(Call.FLUSH, new Step.Refuse(new Unavailable("cut")));

    var refused = refusal(flush());

    assertThat(refused.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(refused).hasMessageContaining("B").hasMessageContaining("not taken back");
    assertThat(flushed("C")).isEqualTo(flushed("A")).isNotEqualTo(Stamp.NONE);
    assertThat(flushed("B")).isEqualTo(Stamp.NONE);
    flush().join();
    assertThat(flushed("B")).isEqualTo(flushed("A"));
  }

  @Test
  void peerFlushes_ownClusterAloneDoes() {
    var stamp = new Stamp(world.time().instant().getEpochSecond() * 1_000_000_000L + 17);

    ended(store.flush(stamp, PEER)).join();

    assertThat(flushed("A")).isEqualTo(stamp);
    assertThat(flushed("B")).isEqualTo(Stamp.NONE);
  }

  private CompletableFuture<Void> flush() {
    return ended(store.flush(Stamp.NONE, CallContext.UNBOUNDED));
  }

  private <R> CompletableFuture<R> ended(CompletionStage<R> stage) {
    world.until(stage);
    return stage.toCompletableFuture();
  }

  private static ValdException refusal(CompletableFuture<Void> failed) {
    return (ValdException) catchThrowableOfType(CompletionException.class, failed::join).getCause();
  }

  private Stamp flushed(String site) {
    List<ChangeLog> logs =
        world.site(site).cluster().changeLogs(PEER).toCompletableFuture().join().logs();
    return logs.getFirst().flushed();
  }
}
