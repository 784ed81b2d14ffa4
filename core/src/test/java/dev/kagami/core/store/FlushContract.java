package dev.kagami.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.VectorId;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Removing everything that was stamped up to a moment. */
interface FlushContract extends StoreUnderTest {

  @Test
  default void storeIsFlushed_nothingIsLeft() {
    insertMany(20);
    apply(new Mutation.Remove(id(1), WriteTime.UNSTAMPED));
    var far = WriteTime.ofClient(Timestamp.of(clock().instant().plusSeconds(100)));
    apply(new Mutation.Insert(ID, vector(50), far));

    flush(Stamp.NONE);

    assertThat(find(ID)).isEqualTo(Kept.nothing(ID));
    assertThat(find(id(1))).isEqualTo(Kept.nothing(id(1)));
    assertThat(search()).isEmpty();
    assertThat(await(store().heads(HeadCursor.START, 10, USER)).heads()).isEmpty();
    var info = await(store().indexInfo(USER));
    assertThat(info.stored() + info.uncommitted()).isZero();
    var logs = await(store().changeLogs(USER)).logs();
    assertThat(logs).noneMatch(log -> log.flushed().isNone());
    for (var log : logs) {
      var all = store().changesSince(ChangePosition.beginning(log.identity()), 10, USER);
      assertThat(await(all).changes()).isEmpty();
    }
  }

  @Test
  default void storeWasFlushed_itTakesWritesAgain() {
    insertMany(5);
    flush(Stamp.NONE);

    apply(new Mutation.Insert(id(1), vector(9), WriteTime.UNSTAMPED));

    shown(id(1), vector(9));
    assertThat(search()).containsExactly(id(1));
    assertThat(
            await(store().indexInfo(USER)).uncommitted() + await(store().indexInfo(USER)).stored())
        .isEqualTo(copies());
  }

  @Test
  default void flushedUpToAStamp_whatIsNewerStays() {
    var peer = foreignWriter(1);
    var old = new Mutation.Insert(ID, vector(1), peer.now());
    var bound = peer.now().stamp();
    var update = new Mutation.Update(ID, vector(2), peer.now());
    var other = new Mutation.Insert(id(1), vector(3), peer.now());
    var markAfter = peer.now().stamp();
    apply(old);
    apply(update);
    apply(other);
    revoke(id(2), markAfter);

    flush(bound);

    assertThat(find(ID).entries()).containsExactly(new Kept.Entry(update.version(), false));
    assertThat(search()).containsExactlyInAnyOrder(ID, id(1));
    assertThat(find(id(2)).marks()).containsExactly(markAfter);
    revoke(ID, update.time().stamp());
    assertThat(visible(ID)).isEmpty();
  }

  @Test
  default void writeComesAfterItsFlush_isSuperseded() {
    var peer = foreignWriter(1);
    var late = new Mutation.Insert(ID, vector(1), peer.now());
    var lateUndo = peer.now().stamp();
    var bound = peer.now().stamp();
    flush(bound);

    var applied = apply(late);
    revoke(id(1), lateUndo);

    assertThat(applied.standing()).isEqualTo(Applied.Standing.SUPERSEDED);
    assertThat(applied.previous()).contains(Head.flushed(ID, bound));
    assertThat(find(ID)).isEqualTo(Kept.nothing(ID));
    assertThat(find(id(1))).isEqualTo(Kept.nothing(id(1)));
    assertThat(await(store().lacking(List.of(offer(late)), PEER))).isEmpty();
  }

  @Test
  default void flushIsRepeatedOrOutOfOrder_theGreatestCounts() {
    var peer = foreignWriter(1);
    var first = peer.now().stamp();
    var insert = new Mutation.Insert(ID, vector(1), peer.now());
    var second = peer.now().stamp();
    apply(insert);

    flush(second);
    flush(first);
    flush(second);

    assertThat(find(ID)).isEqualTo(Kept.nothing(ID));
    assertThat(await(store().changeLogs(USER)).logs())
        .allMatch(log -> log.flushed().equals(second));
  }

  private static KeptHeads offer(Mutation write) {
    return new KeptHeads(write.id(), List.of(write.version().head()), Collections.emptySortedSet());
  }

  private void flush(Stamp upTo) {
    await(store().flush(upTo, upTo.isNone() ? USER : PEER));
  }

  private List<VectorId> search() {
    var query =
        new SearchQuery(
            new SearchQuery.Subject.OfVector(vector(77)),
            SearchQuery.Method.GRAPH,
            SearchOptions.nearest(100));
    return await(store().search(query, USER)).neighbors().stream().map(Neighbor::id).toList();
  }

  private void insertMany(int count) {
    for (int i = 0; i < count; i++) {
      apply(new Mutation.Insert(id(i), vector(i), WriteTime.UNSTAMPED));
    }
  }

  private static VectorId id(int number) {
    return new VectorId("id-" + number);
  }
}
