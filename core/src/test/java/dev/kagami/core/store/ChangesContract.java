package dev.kagami.core.store;

import static dev.kagami.core.error.ValdException.Code.ALREADY_EXISTS;
import static dev.kagami.core.error.ValdException.Code.INVALID_ARGUMENT;
import static dev.kagami.core.error.ValdException.Code.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.vector.VectorId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a store tells of its contents, by the order of changes and by the order of ids. */
interface ChangesContract extends StoreUnderTest {

  @Test
  default void storeIsEmpty_thereIsNothingToTell() {
    assertThat(logs()).isNotEmpty().allMatch(log -> changes(log, 1).isEmpty());
    assertThat(allHeads(10)).isEmpty();
  }

  @Test
  default void idsWereWritten_theLogsTellWhatIsKeptOfEach() {
    var ids = insertMany(20);
    apply(new Mutation.Update(ids.get(3), vector(100), WriteTime.UNSTAMPED));
    apply(new Mutation.Remove(ids.get(4), WriteTime.UNSTAMPED));
    untilSettled();

    for (int limit : new int[] {1, 3, 1000}) {
      var told = new HashMap<VectorId, KeptHeads>();
      for (var log : logs()) {
        var changes = changes(log, limit);
        assertThat(changes.stream().map(Change::seq).toList()).doesNotHaveDuplicates().isSorted();
        assertThat(changes.stream().map(change -> change.heads().id()).toList())
            .doesNotHaveDuplicates();
        changes.forEach(
            change -> told.merge(change.heads().id(), change.heads(), KeptHeads::merge));
      }
      assertThat(told).isEqualTo(asFound(ids));
    }
  }

  @Test
  default void writesAfterAPosition_areAllThatIsTold() {
    var ids = insertMany(20);
    var positions = ends();

    apply(new Mutation.Update(ids.get(7), vector(100), WriteTime.UNSTAMPED));
    apply(new Mutation.Insert(ID, vector(101), WriteTime.UNSTAMPED));

    assertThat(idsSince(positions)).containsExactlyInAnyOrder(ids.get(7), ID);
    assertThat(idsSince(ends())).isEmpty();
  }

  @Test
  default void undo_isAChange() {
    var peer = foreignWriter(1);
    apply(new Mutation.Insert(ID, vector(1), peer.now()));
    var update = new Mutation.Update(ID, vector(2), peer.now());
    apply(update);
    var positions = ends();

    revoke(ID, update.time().stamp());

    var heads = headsSince(positions);
    assertThat(heads).isNotEmpty().containsOnly(find(ID).heads());
    assertThat(heads.getFirst().marks()).containsExactly(update.time().stamp());
  }

  @Test
  default void undoCameFirst_isAChange() {
    var positions = ends();
    var stamp = foreignWriter(1).now().stamp();

    revoke(ID, stamp);

    assertThat(headsSince(positions))
        .isNotEmpty()
        .allSatisfy(heads -> {
          assertThat(heads.newest()).isEmpty();
          assertThat(heads.marks()).containsExactly(stamp);
        });
  }

  @Test
  default void whatChangesNothing_isNoChange() {
    var insert = new Mutation.Insert(ID, vector(1), foreignWriter(1).now());
    var late = new Mutation.Upsert(ID, vector(2), foreignWriter(2).now());
    apply(insert);
    revoke(ID, late.time().stamp());
    var positions = ends();

    settle(insert.time().stamp());
    apply(insert);
    revoke(ID, late.time().stamp());
    refused(ALREADY_EXISTS, new Mutation.Insert(ID, vector(3), foreignWriter(3).now()));

    assertThat(idsSince(positions)).isEmpty();
  }

  @Test
  default void logIsNotKnown_notFound() {
    insertMany(3);
    var stranger =
        ChangePosition.beginning(UUID.fromString("00000000-0000-0000-0000-00000000dead"));

    refused(NOT_FOUND, () -> store().changesSince(stranger, 10, USER));
  }

  @Test
  default void logs_keepTheirIdentity() {
    var before = logs().stream().map(ChangeLog::identity).toList();

    insertMany(10);

    assertThat(logs().stream().map(ChangeLog::identity).toList())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(before);
    assertThat(await(store().changeLogs(USER)).missing()).isEmpty();
  }

  @Test
  default void ids_areListedByTheirHashWithWhatIsKept() {
    var ids = insertMany(50);
    apply(new Mutation.Remove(ids.get(4), WriteTime.UNSTAMPED));
    untilSettled();
    var byHash = ids.stream().sorted(HeadCursor.ORDER).toList();
    var kept = asFound(ids);

    for (int limit : new int[] {1, 7, 1000}) {
      var heads = allHeads(limit);

      assertThat(heads.stream().map(KeptHeads::id).toList()).isEqualTo(byHash);
      assertThat(heads).allSatisfy(one -> assertThat(one).isEqualTo(kept.get(one.id())));
      assertThat(heads.stream().filter(one -> one.visible().isEmpty()).map(KeptHeads::id).toList())
          .containsExactly(ids.get(4));
    }
  }

  @Test
  default void listBeginsInTheMiddle_whatLiesBeforeIsLeftOut() {
    var byHash = insertMany(50).stream().sorted(HeadCursor.ORDER).toList();
    var from = HeadCursor.from(byHash.get(20).hash());

    var page = await(store().heads(from, 10, USER));

    assertThat(page.heads().stream().map(KeptHeads::id).toList())
        .isNotEmpty()
        .isEqualTo(byHash.subList(20, 20 + page.heads().size()));
  }

  @Test
  default void idsAreAddedBetweenPages_thoseThatWereThereComeOnce() {
    var ids = insertMany(50);
    var seen = new ArrayList<VectorId>();
    int more = 1000;
    var next = Optional.of(HeadCursor.START);

    while (next.isPresent()) {
      var page = await(store().heads(next.get(), 5, USER));
      page.heads().forEach(heads -> seen.add(heads.id()));
      next = page.next();
      if (more < 1060) {
        for (int i = 0; i < 10; i++) {
          apply(new Mutation.Insert(id(more), vector(more++), WriteTime.UNSTAMPED));
        }
      }
    }

    assertThat(seen).doesNotHaveDuplicates().containsAll(ids);
  }

  @Test
  default void headsAreOffered_whatIsUnknownIsLacking() {
    var peer = foreignWriter(1);
    var known = new Mutation.Insert(ID, vector(1), peer.now());
    apply(known);
    var unknown = new Mutation.Update(ID, vector(2), peer.now()).version().head();
    var undone = peer.now().stamp();
    revoke(ID, undone);
    var unknownMark = peer.now().stamp();

    var lacking =
        lacking(
            heads(ID, List.of(unknown, known.version().head()), List.of(undone, unknownMark)),
            heads(id(1), List.of(), List.of(undone)),
            find(ID).heads());

    assertThat(lacking)
        .containsExactly(
            heads(ID, List.of(unknown), List.of(unknownMark)),
            heads(id(1), List.of(), List.of(undone)));
  }

  @Test
  default void offeredVersionIsSupersededOrUndone_isNotLacking() {
    var peer = foreignWriter(1);
    var old = new Mutation.Insert(ID, vector(1), peer.now()).version().head();
    var undone = new Mutation.Insert(ID, vector(2), peer.now()).version().head();
    var insert = new Mutation.Insert(ID, vector(3), peer.now());
    apply(insert);
    revoke(ID, undone.stamp());
    var offered = heads(ID, List.of(undone, old), List.of());
    assertThat(lacking(offered)).containsExactly(heads(ID, List.of(old), List.of()));

    settle(insert.time().stamp());

    assertThat(lacking(offered)).isEmpty();
  }

  @Test
  default void manyAreFetched_eachIsAsFoundAlone() {
    var ids = new ArrayList<>(insertMany(20));
    apply(new Mutation.Remove(ids.get(4), WriteTime.UNSTAMPED));
    untilSettled();
    Collections.reverse(ids);
    ids.add(3, new VectorId("unknown"));

    var kept = await(store().findAll(ids, USER));

    assertThat(kept).isEqualTo(ids.stream().map(this::find).toList());
    assertThat(await(store().findAll(List.of(), USER))).isEmpty();
  }

  @Test
  default void pageIsTooSmallOrQuestionTooLong_refused() {
    var log = ChangePosition.beginning(logs().getFirst().identity());
    var many = IntStream.rangeClosed(0, Changes.MAX_PAGE).mapToObj(ChangesContract::id).toList();

    refused(INVALID_ARGUMENT, () -> front().changesSince(log, 0, USER));
    refused(INVALID_ARGUMENT, () -> front().heads(HeadCursor.START, 0, USER));
    refused(INVALID_ARGUMENT, () -> front().findAll(many, USER));
    assertThat(await(front().heads(HeadCursor.START, Integer.MAX_VALUE, USER)).heads()).isEmpty();
  }

  private List<VectorId> insertMany(int count) {
    var ids = IntStream.range(0, count).mapToObj(ChangesContract::id).toList();
    for (int i = 0; i < count; i++) {
      apply(new Mutation.Insert(ids.get(i), vector(i), WriteTime.UNSTAMPED));
    }
    return ids;
  }

  private Map<VectorId, KeptHeads> asFound(List<VectorId> ids) {
    var kept = new HashMap<VectorId, KeptHeads>();
    ids.forEach(id -> kept.put(id, find(id).heads()));
    return kept;
  }

  private List<ChangeLog> logs() {
    return await(store().changeLogs(USER)).logs();
  }

  private List<Change> changes(ChangeLog log, int limit) {
    return changes(ChangePosition.beginning(log.identity()), limit, new ArrayList<>());
  }

  /** All from {@code position} on, by pages of {@code limit}. */
  private List<Change> changes(ChangePosition position, int limit, List<Change> told) {
    var page = await(store().changesSince(position, limit, USER));
    assertThat(page.changes()).hasSizeLessThanOrEqualTo(limit);
    assertThat(page.changes())
        .allMatch(change -> change.seq() > position.seq() && change.seq() <= page.next().seq());
    assertThat(page.next().log()).isEqualTo(position.log());
    told.addAll(page.changes());
    return page.isLast() ? told : changes(page.next(), limit, told);
  }

  private List<ChangePosition> ends() {
    return logs().stream().map(log -> new ChangePosition(log.identity(), log.end())).toList();
  }

  private List<KeptHeads> headsSince(List<ChangePosition> positions) {
    return positions.stream()
        .flatMap(position -> changes(position, 2, new ArrayList<>()).stream())
        .map(Change::heads)
        .toList();
  }

  private List<VectorId> idsSince(List<ChangePosition> positions) {
    return headsSince(positions).stream().map(KeptHeads::id).distinct().toList();
  }

  private List<KeptHeads> allHeads(int limit) {
    var all = new ArrayList<KeptHeads>();
    var next = Optional.of(HeadCursor.START);
    while (next.isPresent()) {
      var page = await(store().heads(next.get(), limit, USER));
      assertThat(page.heads()).hasSizeLessThanOrEqualTo(limit);
      all.addAll(page.heads());
      next = page.next();
    }
    return all;
  }

  private List<KeptHeads> lacking(KeptHeads... offered) {
    return await(store().lacking(List.of(offered), PEER));
  }

  private static KeptHeads heads(VectorId id, List<Head> heads, List<Stamp> marks) {
    return new KeptHeads(id, heads, new TreeSet<>(marks));
  }

  private static VectorId id(int number) {
    return new VectorId("id-" + number);
  }
}
