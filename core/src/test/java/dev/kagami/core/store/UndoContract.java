package dev.kagami.core.store;

import static dev.kagami.core.error.ValdException.Code.ABORTED;
import static dev.kagami.core.error.ValdException.Code.FAILED_PRECONDITION;
import static dev.kagami.core.error.ValdException.Code.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.Seed;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.vector.VectorId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The undo of a write: a void mark, whenever it comes and whatever lies above or beneath. */
interface UndoContract extends StoreUnderTest {

  @Test
  default void insertIsRevoked_isGone() {
    var insert = new Mutation.Insert(ID, vector(1), foreignWriter(1).now());
    apply(insert);

    revoke(ID, insert.time().stamp());

    assertThat(find(ID).entries()).isEmpty();
    assertThat(find(ID).marks()).containsExactly(insert.time().stamp());
  }

  @Test
  default void updateIsRevoked_theOldVersionShowsAgainBitForBit() {
    var peer = foreignWriter(1);
    var insert = new Mutation.Insert(ID, vector(1), peer.now());
    var update = new Mutation.Update(ID, vector(2), peer.now());
    apply(insert);
    apply(update);

    revoke(ID, update.time().stamp());

    assertThat(visible(ID)).contains(insert.version());
  }

  @Test
  default void updateOverSettledVersionIsRevoked_thatShowsAgain() {
    apply(new Mutation.Insert(ID, vector(1), WriteTime.UNSTAMPED));
    var old = shown(ID, vector(1));
    var peer = foreignWriter(1);
    peer.see(old);
    var update = new Mutation.Update(ID, vector(2), peer.now());
    apply(update);
    shown(ID, vector(2));

    revoke(ID, update.time().stamp());

    assertThat(visible(ID)).contains(old);
  }

  @Test
  default void removalIsRevoked_theVectorShowsAgain() {
    var peer = foreignWriter(1);
    var insert = new Mutation.Insert(ID, vector(1), peer.now());
    var remove = new Mutation.Remove(ID, peer.now());
    apply(insert);
    apply(remove);

    revoke(ID, remove.time().stamp());

    assertThat(visible(ID)).contains(insert.version());
  }

  @Test
  default void insertAfterRemovalIsRevoked_theTombstoneIsNewestAgain() {
    var peer = foreignWriter(1);
    var remove = new Mutation.Remove(ID, peer.now()).unconditional();
    var insert = new Mutation.Insert(ID, vector(1), peer.now());
    apply(remove);
    apply(insert);

    revoke(ID, insert.time().stamp());

    assertThat(find(ID).newest()).contains(remove.version());
  }

  @Test
  default void versionInTheMiddleIsRevoked_noneOfItsNeighboursChanges() {
    var peer = foreignWriter(1);
    var bottom = new Mutation.Upsert(ID, vector(1), peer.now());
    var middle = new Mutation.Upsert(ID, vector(2), peer.now());
    var top = new Mutation.Upsert(ID, vector(3), peer.now());
    List.of(bottom, middle, top).forEach(this::apply);

    revoke(ID, middle.time().stamp());
    assertThat(visible(ID)).contains(top.version());

    revoke(ID, top.time().stamp());
    assertThat(visible(ID)).contains(bottom.version());
  }

  @Test
  default void undoCameFirst_theWriteIsAborted() {
    var peer = foreignWriter(1);
    var insert = new Mutation.Insert(ID, vector(1), peer.now());

    revoke(ID, insert.time().stamp());

    refused(ABORTED, insert);
    refused(ABORTED, insert.unconditional());
    assertThat(find(ID).entries()).isEmpty();
    assertThat(find(ID).marks()).containsExactly(insert.time().stamp());
  }

  @Test
  default void undoIsRepeated_equalsOnce() {
    var peer = foreignWriter(1);
    var insert = new Mutation.Insert(ID, vector(1), peer.now());
    var update = new Mutation.Update(ID, vector(2), peer.now());
    apply(insert);
    apply(update);

    revoke(ID, update.time().stamp());
    var once = find(ID);
    revoke(ID, update.time().stamp());

    assertThat(find(ID)).isEqualTo(once);
  }

  @Test
  default void undoOfOneId_leavesOthersOfTheSameTransactionAlone() {
    var other = new VectorId("another-id");
    var time = foreignWriter(1).now();
    apply(new Mutation.Insert(ID, vector(1), time));
    apply(new Mutation.Insert(other, vector(2), time));

    revoke(ID, time.stamp());

    assertThat(visible(ID)).isEmpty();
    shown(other, vector(2));
  }

  @Test
  default void revokedInsert_doesNotCountAsThere() {
    var peer = foreignWriter(1);
    var insert = new Mutation.Insert(ID, vector(1), peer.now());
    apply(insert);
    revoke(ID, insert.time().stamp());

    refused(NOT_FOUND, new Mutation.Update(ID, vector(2), WriteTime.UNSTAMPED));

    var applied = apply(new Mutation.Insert(ID, vector(1), WriteTime.UNSTAMPED));
    assertThat(applied.previous()).isEmpty();
    shown(ID, vector(1));
  }

  @Test
  default void settledVersion_cannotBeRevoked() {
    var insert = new Mutation.Insert(ID, vector(1), foreignWriter(1).now());
    apply(insert);
    settle(insert.time().stamp());

    var mark = new VoidMark(ID, insert.time().stamp());
    refused(FAILED_PRECONDITION, () -> store().revoke(mark, PEER));

    assertThat(visible(ID)).contains(insert.version());
    assertThat(find(ID).marks()).isEmpty();
  }

  @Test
  default void usersWriteOnceDecided_cannotBeRevoked() {
    foreignWriter(1);
    apply(new Mutation.Insert(ID, vector(1), WriteTime.UNSTAMPED));
    untilSettled();
    var version = shown(ID, vector(1));

    var mark = new VoidMark(ID, version.stamp());
    refused(FAILED_PRECONDITION, () -> store().revoke(mark, PEER));

    assertThat(visible(ID)).contains(version);
  }

  /** Four versions, the second and the last of them undone: 24 orders, all with repetitions. */
  @Test
  default void writesAndUndosInAnyOrderAndRepeated_endInOneState() {
    var seed = Seed.next();
    var random = new Random(seed.value());
    var peer = foreignWriter(1);
    for (int round = 0; round < 24; round++) {
      var id = new VectorId("id-" + round);
      var writes = new ArrayList<Mutation>();
      for (int i = 0; i < 4; i++) {
        writes.add(new Mutation.Upsert(id, vector(i), peer.now()).unconditional());
      }
      var events = new ArrayList<Runnable>();
      writes.forEach(write -> events.add(() -> applyUnlessRevoked(write)));
      events.add(() -> revoke(id, writes.get(1).time().stamp()));
      events.add(() -> revoke(id, writes.get(3).time().stamp()));
      events.addAll(List.copyOf(events));
      Collections.shuffle(events, random);

      events.forEach(Runnable::run);

      assertThat(find(id).entries())
          .as("round %s, %s", round, seed)
          .extracting(Kept.Entry::version)
          .containsExactly(writes.get(2).version(), writes.get(0).version());
      assertThat(find(id).marks())
          .as("round %s, %s", round, seed)
          .containsExactly(writes.get(1).time().stamp(), writes.get(3).time().stamp());
    }
  }

  private void applyUnlessRevoked(Mutation write) {
    try {
      apply(write);
    } catch (ValdException refused) {
      assertThat(refused.code()).isEqualTo(ABORTED);
    }
  }
}
