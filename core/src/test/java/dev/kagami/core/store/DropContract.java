package dev.kagami.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.vector.VectorId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Letting go of copies that others hold. */
interface DropContract extends StoreUnderTest {

  @Test
  default void settledCopyIsDropped_nothingIsLeftOfIt() {
    var copy = settledVector(foreignWriter(1));

    assertThat(drop(copy)).containsExactly(ID);

    assertThat(find(ID)).isEqualTo(Kept.nothing(ID));
    assertThat(await(store().heads(HeadCursor.START, 10, PEER)).heads()).isEmpty();
    var info = await(store().indexInfo(USER));
    assertThat(info.stored() + info.uncommitted()).isZero();
    for (var log : await(store().changeLogs(PEER)).logs()) {
      var all = store().changesSince(ChangePosition.beginning(log.identity()), 10, PEER);
      assertThat(await(all).changes()).isEmpty();
    }
  }

  @Test
  default void copyWasDropped_sameVersionMayComeBack() {
    var peer = foreignWriter(1);
    var insert = new Mutation.Insert(ID, vector(1), peer.now());
    apply(insert);
    settle(insert.time().stamp());
    drop(insert.version().head());

    apply(insert.unconditional());

    assertThat(shown(ID, vector(1))).isEqualTo(insert.version());
  }

  @Test
  default void copyWasDropped_idIsNewToUsers() {
    var peer = foreignWriter(1);
    drop(settledVector(peer));

    refused(Code.NOT_FOUND, new Mutation.Update(ID, vector(2), peer.now()));
    apply(new Mutation.Insert(ID, vector(2), peer.now()));

    shown(ID, vector(2));
  }

  @Test
  default void newerVersionCameMeanwhile_stays() {
    var peer = foreignWriter(1);
    var copy = settledVector(peer);
    var update = new Mutation.Update(ID, vector(2), peer.now());
    apply(update);
    settle(update.time().stamp());
    var before = find(ID);

    assertThat(drop(copy)).isEmpty();

    assertThat(find(ID)).isEqualTo(before);
    shown(ID, vector(2));
  }

  @Test
  default void removalCameMeanwhile_stays() {
    var peer = foreignWriter(1);
    var copy = settledVector(peer);
    var remove = new Mutation.Remove(ID, peer.now());
    apply(remove);
    settle(remove.time().stamp());
    var before = find(ID);

    assertThat(drop(copy)).isEmpty();
    assertThat(drop(remove.version().head())).as("tombstones are no copies").isEmpty();

    assertThat(find(ID)).isEqualTo(before);
  }

  @Test
  default void copyMayStillBeUndone_stays() {
    var insert = new Mutation.Insert(ID, vector(1), foreignWriter(1).now());
    apply(insert);

    assertThat(drop(insert.version().head())).isEmpty();

    shown(ID, vector(1));
  }

  @Test
  default void writeAboveMayBeUndone_bothStay() {
    var peer = foreignWriter(1);
    var copy = settledVector(peer);
    var update = new Mutation.Update(ID, vector(2), peer.now());
    apply(update);

    assertThat(drop(copy, update.version().head())).isEmpty();

    revoke(ID, update.time().stamp());
    shown(ID, vector(1));
  }

  @Test
  default void writeWasUndone_itsMarkOutlivesTheCopy() {
    var peer = foreignWriter(1);
    var copy = settledVector(peer);
    var update = new Mutation.Update(ID, vector(2), peer.now());
    revoke(ID, update.time().stamp());

    assertThat(drop(copy)).containsExactly(ID);

    assertThat(find(ID).entries()).isEmpty();
    assertThat(find(ID).marks()).containsExactly(update.time().stamp());
    refused(Code.ABORTED, update.unconditional());
  }

  @Test
  default void manyAreNamed_thoseThatAreHereAreDropped() {
    var peer = foreignWriter(1);
    var copy = settledVector(peer);
    var other = new VectorId("another");
    var elsewhere = new Mutation.Insert(other, vector(2), peer.now());

    assertThat(drop(copy, elsewhere.version().head())).containsExactly(ID);
    assertThat(drop(copy)).as("twice").isEmpty();
    assertThat(drop()).isEmpty();
  }

  @Test
  default void storeOfSeveralCopies_refuses() {
    assumeFalse(isOneCopy(), "this store is one copy");

    refused(Code.FAILED_PRECONDITION, () -> store().drop(List.of(), PEER));
  }

  private Head settledVector(ForeignWriter peer) {
    var insert = new Mutation.Insert(ID, vector(1), peer.now());
    apply(insert);
    settle(insert.time().stamp());
    return insert.version().head();
  }

  private List<VectorId> drop(Head... copies) {
    assumeTrue(isOneCopy(), "this store sees to its copies itself");
    return await(store().drop(List.of(copies), PEER));
  }
}
