package dev.kagami.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is decided for good, and what may be forgotten then. */
interface SettleContract extends StoreUnderTest {

  @Test
  default void nothingIsSettled_allVersionsAreKept() {
    var writes = threeWrites(foreignWriter(1));

    writes.forEach(this::apply);

    assertThat(find(ID).entries())
        .containsExactly(
            new Kept.Entry(writes.get(2).version(), false),
            new Kept.Entry(writes.get(1).version(), false),
            new Kept.Entry(writes.get(0).version(), false));
  }

  @Test
  default void stampIsSettled_dropsWhatLiesBeneathAndKeepsWhatIsNewer() {
    var writes = threeWrites(foreignWriter(1));
    writes.forEach(this::apply);

    settle(writes.get(1).time().stamp());

    assertThat(find(ID).entries())
        .containsExactly(
            new Kept.Entry(writes.get(2).version(), false),
            new Kept.Entry(writes.get(1).version(), true));
    revoke(ID, writes.get(2).time().stamp());
    assertThat(visible(ID)).contains(writes.get(1).version());
  }

  @Test
  default void settlingIsRepeatedOrOutOfOrder_theGreatestCounts() {
    var writes = threeWrites(foreignWriter(1));
    writes.forEach(this::apply);
    settle(writes.get(2).time().stamp());
    var once = find(ID);

    settle(writes.get(0).time().stamp());
    settle(writes.get(2).time().stamp());

    assertThat(once.entries()).containsExactly(new Kept.Entry(writes.get(2).version(), true));
    assertThat(find(ID)).isEqualTo(once);
  }

  @Test
  default void anotherWriterSettles_isNotOurs() {
    var one = foreignWriter(1);
    var other = foreignWriter(2);
    var insert = new Mutation.Insert(ID, vector(1), one.now());
    apply(insert);
    other.see(insert.version());
    var update = new Mutation.Update(ID, vector(2), other.now());
    apply(update);

    settle(insert.time().stamp());
    assertThat(find(ID).entries())
        .containsExactly(
            new Kept.Entry(update.version(), false), new Kept.Entry(insert.version(), true));

    settle(update.time().stamp());
    assertThat(find(ID).entries()).containsExactly(new Kept.Entry(update.version(), true));
  }

  @Test
  default void revokedBeforeItsWriterSettles_staysGone() {
    var writes = threeWrites(foreignWriter(1));
    writes.forEach(this::apply);
    revoke(ID, writes.get(2).time().stamp());

    settle(writes.get(2).time().stamp());

    assertThat(find(ID).entries()).containsExactly(new Kept.Entry(writes.get(1).version(), true));
    assertThat(find(ID).marks()).contains(writes.get(2).time().stamp());
  }

  @Test
  default void versionArrivesAfterItsStampIsSettled_theNextTellingSettlesIt() {
    var peer = foreignWriter(1);
    var late = new Mutation.Insert(ID, vector(1), peer.now());
    var stamp = peer.now().stamp();
    settle(stamp);
    apply(late);

    settle(stamp);

    assertThat(find(ID).entries()).containsExactly(new Kept.Entry(late.version(), true));
  }

  @Test
  default void usersWriteOnceDecided_isSettledAndDropsWhatLiesBeneath() {
    var peer = foreignWriter(1);
    var insert = new Mutation.Insert(ID, vector(1), peer.now());
    apply(insert);
    apply(new Mutation.Update(ID, vector(2), WriteTime.UNSTAMPED));
    untilSettled();

    var top = shown(ID, vector(2));
    assertThat(find(ID).entries()).containsExactly(new Kept.Entry(top, true));

    revoke(ID, insert.time().stamp());
    assertThat(visible(ID)).contains(top);
  }

  @Test
  default void anotherWriterSettles_usersWriteStaysSettled() {
    var peer = foreignWriter(1);
    apply(new Mutation.Insert(ID, vector(1), WriteTime.UNSTAMPED));
    untilSettled();
    var version = shown(ID, vector(1));
    peer.see(version);

    settle(peer.now().stamp());

    assertThat(find(ID).entries()).containsExactly(new Kept.Entry(version, true));
  }

  @Test
  default void tombstoneIsSettled_hidesWhatArrivesLate() {
    var writes = threeWrites(foreignWriter(1));
    var remove = new Mutation.Remove(ID, writes.get(2).time());
    apply(remove.unconditional());
    settle(remove.time().stamp());

    assertThat(apply(writes.get(0)).standing()).isEqualTo(Applied.Standing.SUPERSEDED);

    assertThat(find(ID).entries()).containsExactly(new Kept.Entry(remove.version(), true));
  }

  private List<Mutation> threeWrites(ForeignWriter peer) {
    return List.of(
        new Mutation.Upsert(ID, vector(1), peer.now()),
        new Mutation.Upsert(ID, vector(2), peer.now()),
        new Mutation.Upsert(ID, vector(3), peer.now()));
  }
}
