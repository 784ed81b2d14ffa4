package dev.kagami.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.vector.Timestamp;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Forgetting removals and undos that are old and known to everybody. */
interface TrimContract extends StoreUnderTest {

  @Test
  default void removalIsOldAndKnown_nothingIsLeftOfIt() {
    var peer = foreignWriter(1);
    var removal = removed(peer);

    trim(removal, allKnown());

    assertThat(find(ID)).isEqualTo(Kept.nothing(ID));
    assertThat(await(store().heads(HeadCursor.START, 10, PEER)).heads()).isEmpty();
    for (var log : logs()) {
      var all = store().changesSince(ChangePosition.beginning(log.identity()), 10, PEER);
      assertThat(await(all).changes()).isEmpty();
    }
    apply(new Mutation.Insert(ID, vector(2), peer.now()));
    shown(ID, vector(2));
  }

  @Test
  default void removalIsYoung_isRemembered() {
    var peer = foreignWriter(1);
    var before = peer.now().stamp();
    removed(peer);
    var remembered = find(ID);

    trim(before, allKnown());

    assertThat(find(ID)).isEqualTo(remembered);
    assertThat(remembered.entries()).hasSize(1);
  }

  @Test
  default void removalMayStillBeUndone_isRemembered() {
    var peer = foreignWriter(1);
    var insert = new Mutation.Insert(ID, vector(1), peer.now());
    apply(insert);
    var remove = new Mutation.Remove(ID, peer.now());
    apply(remove);

    trim(remove.time().stamp(), allKnown());

    revoke(ID, remove.time().stamp());
    shown(ID, vector(1));
  }

  @Test
  default void somebodyDoesNotKnowTheRemoval_isRemembered() {
    var peer = foreignWriter(1);
    apply(new Mutation.Insert(ID, vector(1), peer.now()));
    var before = allKnown();
    var remove = new Mutation.Remove(ID, peer.now());
    apply(remove);
    settle(remove.time().stamp());
    var remembered = find(ID);

    trim(remove.time().stamp(), before);
    trim(remove.time().stamp(), List.of());

    assertThat(find(ID)).isEqualTo(remembered);
    assertThat(remembered.entries()).hasSize(1);
  }

  @Test
  default void removalIsDatedAhead_hidesWhatComesUntilThen() {
    var peer = foreignWriter(1);
    var ahead = Timestamp.of(clock().instant().plusSeconds(60));
    var remove = new Mutation.Remove(ID, peer.at(ahead)).unconditional();
    apply(remove);
    settle(remove.time().stamp());

    trim(remove.time().stamp(), allKnown());

    assertThat(find(ID).newest()).contains(remove.version());
  }

  @Test
  default void undoIsOldAndKnown_onlyTheMarkIsForgotten() {
    var peer = foreignWriter(1);
    var insert = new Mutation.Insert(ID, vector(1), peer.now());
    apply(insert);
    var update = new Mutation.Update(ID, vector(2), peer.now());
    apply(update);
    revoke(ID, update.time().stamp());
    var before = find(ID);

    trim(update.time().stamp(), allKnown());

    assertThat(find(ID).marks()).isEmpty();
    assertThat(find(ID).entries()).isEqualTo(before.entries());
    shown(ID, vector(1));
  }

  @Test
  default void removalComesBackFromWhereItIsNotSettled_neitherItNorWhatItHidIsAskedFor() {
    var peer = foreignWriter(1);
    var insert = new Mutation.Insert(ID, vector(1), peer.now());
    apply(insert);
    var remove = new Mutation.Remove(ID, peer.now());
    apply(remove);
    settle(remove.time().stamp());
    trim(remove.time().stamp(), allKnown());
    var offered =
        new KeptHeads(
            ID,
            List.of(remove.version().head(), insert.version().head()),
            Collections.emptySortedSet());

    assertThat(lacking(offered)).isEmpty();
  }

  @Test
  default void undoComesBackAfterItWasForgotten_isNotAskedFor() {
    var peer = foreignWriter(1);
    var undone = new Mutation.Insert(ID, vector(1), peer.now());
    apply(undone);
    revoke(ID, undone.time().stamp());
    var offered = find(ID).heads();
    assertThat(offered.marks()).isNotEmpty();
    trim(undone.time().stamp(), allKnown());

    assertThat(lacking(offered)).isEmpty();
  }

  @Test
  default void oldRemovalIsOfferedWhereItHidesSomething_isAskedFor() {
    var peer = foreignWriter(1);
    var insert = new Mutation.Insert(ID, vector(1), peer.now());
    apply(insert);
    var head = new Mutation.Remove(ID, peer.now()).version().head();
    trim(head.stamp(), allKnown());
    var offered = new KeptHeads(ID, List.of(head), Collections.emptySortedSet());

    assertThat(lacking(offered)).containsExactly(offered);
  }

  @Test
  default void oldUndoIsOfferedWhereTheVersionIs_isAskedFor() {
    var peer = foreignWriter(1);
    var insert = new Mutation.Insert(ID, vector(1), peer.now());
    apply(insert);
    var stamp = insert.time().stamp();
    trim(stamp, allKnown());
    var offered = new KeptHeads(ID, List.of(), new TreeSet<>(List.of(stamp)));

    assertThat(lacking(offered)).containsExactly(offered);
  }

  @Test
  default void writeIsForwardedAfterItsUndoWasForgotten_isRefused() {
    var peer = foreignWriter(1);
    var late = new Mutation.Insert(ID, vector(1), peer.now());
    apply(late);
    revoke(ID, late.time().stamp());
    trim(late.time().stamp(), allKnown());

    refused(Code.FAILED_PRECONDITION, late);

    assertThat(find(ID)).isEqualTo(Kept.nothing(ID));
  }

  @Test
  default void oldVersionIsCopied_isStored() {
    var peer = foreignWriter(1);
    var old = new Mutation.Insert(ID, vector(1), peer.now());
    trim(old.time().stamp(), allKnown());

    apply(old.unconditional());

    shown(ID, vector(1));
  }

  @Test
  default void writeIsYoungerThanWhatWasForgotten_isTaken() {
    var peer = foreignWriter(1);
    trim(peer.now().stamp(), allKnown());

    apply(new Mutation.Insert(ID, vector(1), peer.now()));

    shown(ID, vector(1));
  }

  @Test
  default void trimIsRepeatedOrOutOfOrder_theGreatestCounts() {
    var peer = foreignWriter(1);
    var first = peer.now().stamp();
    var late = new Mutation.Insert(ID, vector(1), peer.now());

    trim(late.time().stamp(), allKnown());
    trim(first, allKnown());

    refused(Code.FAILED_PRECONDITION, late);
  }

  /** An id that was there and was removed for good; the stamp of the removal. */
  private Stamp removed(ForeignWriter peer) {
    apply(new Mutation.Insert(ID, vector(1), peer.now()));
    var remove = new Mutation.Remove(ID, peer.now());
    apply(remove);
    settle(remove.time().stamp());
    return remove.time().stamp();
  }

  private List<KeptHeads> lacking(KeptHeads offered) {
    return await(store().lacking(List.of(offered), PEER));
  }

  private void trim(Stamp upTo, List<ChangePosition> known) {
    assumeTrue(isTrimmedByOthers(), "this store has it done by its mirror");
    await(store().trim(new Horizon(upTo, known), PEER));
  }

  private List<ChangePosition> allKnown() {
    return logs().stream().map(log -> new ChangePosition(log.identity(), log.end())).toList();
  }

  private List<ChangeLog> logs() {
    return await(store().changeLogs(PEER)).logs();
  }
}
