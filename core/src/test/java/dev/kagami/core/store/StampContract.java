package dev.kagami.core.store;

import static dev.kagami.core.error.ValdException.Code.ABORTED;
import static dev.kagami.core.error.ValdException.Code.ALREADY_EXISTS;
import static dev.kagami.core.error.ValdException.Code.NOT_FOUND;
import static dev.kagami.core.store.Applied.Standing.BENEATH;
import static dev.kagami.core.store.Applied.Standing.SUPERSEDED;
import static dev.kagami.core.store.Applied.Standing.TOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.vector.Timestamp;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Writes that another process stamped: forwarded, levelled, replicated, caught up. */
interface StampContract extends StoreUnderTest {

  @Test
  default void stampedWrite_keepsStampAndTime() {
    var peer = foreignWriter(1);
    var insert = new Mutation.Insert(ID, vector(1), peer.now());

    var applied = apply(insert);

    assertThat(applied.standing()).isEqualTo(TOP);
    assertThat(applied.previous()).isEmpty();
    assertThat(visible(ID)).contains(insert.version());
    assertThat(find(ID).find(insert.time().stamp()))
        .contains(new Kept.Entry(insert.version(), false));
  }

  @Test
  default void stampedWriteWithClientsTime_keepsBoth() {
    var peer = foreignWriter(1);
    var longAgo = Timestamp.of(clock().instant().minus(Duration.ofDays(9)));
    var insert = new Mutation.Insert(ID, vector(1), peer.at(longAgo));

    apply(insert);

    assertThat(visible(ID)).contains(insert.version());
    assertThat(insert.version().timestamp()).isEqualTo(longAgo);
  }

  @Test
  default void stampedWrite_isRefusedByWhatIsThereLikeAnyOther() {
    var peer = foreignWriter(1);
    refused(NOT_FOUND, new Mutation.Update(ID, vector(1), peer.now()));
    refused(NOT_FOUND, new Mutation.Remove(ID, peer.now()));
    apply(new Mutation.Insert(ID, vector(1), peer.now()));

    refused(ALREADY_EXISTS, new Mutation.Insert(ID, vector(2), peer.now()));
    refused(ALREADY_EXISTS, new Mutation.Update(ID, vector(1), peer.now()));
    refused(ALREADY_EXISTS, new Mutation.Upsert(ID, vector(1), peer.now()));
    assertThat(find(ID).entries()).hasSize(1);
  }

  @Test
  default void sameStampAgain_isAnsweredAsNewestAndChangesNothing() {
    var peer = foreignWriter(1);
    var insert = new Mutation.Insert(ID, vector(1), peer.now());
    var update = new Mutation.Update(ID, vector(2), peer.now());
    var remove = new Mutation.Remove(ID, peer.now());

    for (var write : List.of(insert, update, remove)) {
      apply(write);
      var once = find(ID);
      assertThat(apply(write).standing()).isEqualTo(TOP);
      assertThat(apply(write.unconditional()).standing()).isEqualTo(TOP);
      assertThat(find(ID)).isEqualTo(once);
    }
    assertThat(apply(insert).standing()).as("held beneath").isEqualTo(TOP);
    assertThat(visible(ID)).isEmpty();
  }

  @Test
  default void olderWriteArrivesLast_isKeptBeneath() {
    var peer = foreignWriter(1);
    var older = new Mutation.Upsert(ID, vector(1), peer.now());
    var newer = new Mutation.Upsert(ID, vector(2), peer.now());
    apply(newer);

    var applied = apply(older);

    assertThat(applied.standing()).isEqualTo(BENEATH);
    assertThat(applied.previous()).contains(newer.version().head());
    assertThat(visible(ID)).contains(newer.version());
    assertThat(versions()).containsExactly(newer.version(), older.version());
  }

  @Test
  default void olderWriteArrivesAfterTheNewerIsSettled_isNotKept() {
    var peer = foreignWriter(1);
    var older = new Mutation.Upsert(ID, vector(1), peer.now());
    var newer = new Mutation.Upsert(ID, vector(2), peer.now());
    apply(newer);
    settle(newer.time().stamp());

    var applied = apply(older);

    assertThat(applied.standing()).isEqualTo(SUPERSEDED);
    assertThat(applied.previous()).contains(newer.version().head());
    assertThat(versions()).containsExactly(newer.version());
  }

  @Test
  default void timesAreEqual_theGreaterStampIsNewer() {
    var peer = foreignWriter(1);
    var time = Timestamp.of(clock().instant());
    var first = new Mutation.Upsert(ID, vector(1), peer.at(time));
    var second = new Mutation.Upsert(ID, vector(2), peer.at(time));
    apply(second);

    assertThat(apply(first).standing()).isEqualTo(BENEATH);

    assertThat(visible(ID)).contains(second.version());
  }

  @Test
  default void clientsTimeBeatsTheStamp_newerIsByTimeFirst() {
    var peer = foreignWriter(1);
    var time = Timestamp.of(clock().instant());
    var before = new Timestamp(time.unixNanos() - 1);
    var first = new Mutation.Upsert(ID, vector(1), peer.at(time));
    var second = new Mutation.Upsert(ID, vector(2), peer.at(before));
    apply(first);

    assertThat(apply(second).standing()).isEqualTo(BENEATH);

    assertThat(visible(ID)).contains(first.version());
  }

  @Test
  default void unconditionalWrite_isStoredWhateverIsThere() {
    var peer = foreignWriter(1);
    apply(new Mutation.Insert(ID, vector(1), peer.now()));

    var insert = new Mutation.Insert(ID, vector(2), peer.now()).unconditional();
    assertThat(apply(insert).standing()).isEqualTo(TOP);
    assertThat(visible(ID)).contains(insert.version());

    var sameData = new Mutation.Update(ID, vector(2), peer.now()).unconditional();
    assertThat(apply(sameData).standing()).isEqualTo(TOP);
    assertThat(visible(ID)).contains(sameData.version());
  }

  @Test
  default void unconditionalUpdateAndRemovalOfUnknownId_areStored() {
    var peer = foreignWriter(1);
    var remove = new Mutation.Remove(ID, peer.now()).unconditional();
    assertThat(apply(remove).standing()).isEqualTo(TOP);
    assertThat(find(ID).newest()).contains(remove.version());
    assertThat(visible(ID)).isEmpty();

    var update = new Mutation.Update(ID, vector(1), peer.now()).unconditional();
    assertThat(apply(update).standing()).isEqualTo(TOP);
    assertThat(visible(ID)).contains(update.version());
  }

  @Test
  default void tombstoneCameFirst_hidesTheOlderVector() {
    var peer = foreignWriter(1);
    var insert = new Mutation.Insert(ID, vector(1), peer.now());
    apply(new Mutation.Remove(ID, peer.now()).unconditional());

    assertThat(apply(insert.unconditional()).standing()).isEqualTo(BENEATH);

    assertThat(visible(ID)).isEmpty();
  }

  @Test
  default void writeThatVoidsItsFirstAttempt_takesItsPlace() {
    var peer = foreignWriter(1);
    var first = new Mutation.Insert(ID, vector(1), peer.now());
    apply(first);

    var again = first.at(peer.now().voiding(first.time().stamp()));

    assertThat(apply(again).standing()).isEqualTo(TOP);
    assertThat(versions()).containsExactly(again.version());
    assertThat(find(ID).marks()).contains(first.time().stamp());
    refused(ABORTED, first);
  }

  @Test
  default void writeThatVoidsAnAttemptStillUnderWay_keepsItAway() {
    var peer = foreignWriter(1);
    var first = new Mutation.Upsert(ID, vector(1), peer.now());
    var again = first.at(peer.now().voiding(first.time().stamp()));
    apply(again);

    refused(ABORTED, first);

    assertThat(versions()).containsExactly(again.version());
  }

  @Test
  default void usersWriteAfterPeersWrite_isNewer() {
    var peer = foreignWriter(1);
    apply(new Mutation.Insert(ID, vector(1), peer.now()));

    apply(new Mutation.Update(ID, vector(2), WriteTime.UNSTAMPED));

    shown(ID, vector(2));
  }

  private List<Version> versions() {
    return find(ID).entries().stream().map(Kept.Entry::version).toList();
  }
}
