package dev.kagami.core.store;

import static dev.kagami.core.error.ValdException.Code.FAILED_PRECONDITION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.vector.VectorId;
import org.junit.jupiter.api.Test;

/** Counting and looking after the index. */
interface IndexContract extends StoreUnderTest {

  @Test
  default void storeIsEmpty_countsAreZero() {
    var info = info();

    assertThat(info.stored()).isZero();
    assertThat(info.uncommitted()).isZero();
  }

  @Test
  default void visibleVectors_areCountedWhetherLinkedOrNot() {
    insertMany(7);
    assertThat(info().stored() + info().uncommitted()).isEqualTo(7L * copies());

    apply(new Mutation.Update(id(1), vector(100), WriteTime.UNSTAMPED));
    apply(new Mutation.Remove(id(2), WriteTime.UNSTAMPED));

    assertThat(info().stored() + info().uncommitted()).isEqualTo(6L * copies());
  }

  @Test
  default void revokedInsert_isNotCounted() {
    var insert = new Mutation.Insert(ID, vector(1), foreignWriter(1).now());
    apply(insert);

    revoke(ID, insert.time().stamp());

    assertThat(info().stored() + info().uncommitted()).isZero();
  }

  @Test
  default void indexIsCreated_everythingIsLinked() {
    insertMany(7);

    await(store().maintain(Maintenance.CREATE_INDEX, USER));

    assertThat(info().stored()).isEqualTo(7L * copies());
    assertThat(info().uncommitted()).isZero();
    assertThat(info().indexing()).isFalse();
  }

  @Test
  default void nothingWasWrittenSinceTheIndexWasCreated_refused() {
    refused(FAILED_PRECONDITION, () -> store().maintain(Maintenance.CREATE_INDEX, USER));

    insertMany(7);
    await(store().maintain(Maintenance.CREATE_INDEX, USER));

    refused(FAILED_PRECONDITION, () -> store().maintain(Maintenance.CREATE_INDEX, USER));
  }

  @Test
  default void indexIsSaved_nothingElseChanges() {
    insertMany(3);

    await(store().maintain(Maintenance.SAVE_INDEX, USER));

    for (int i = 0; i < 3; i++) {
      shown(id(i), vector(i));
    }
    assertThat(info().saving()).isFalse();
  }

  @Test
  default void agentsAreInspected_eachTellsOfItself() {
    insertMany(7);

    var detail = await(store().indexDetail(USER));
    var statistics = await(store().statistics(USER));
    var properties = await(store().properties(USER));

    assertThat(detail.replicas()).isEqualTo(copies());
    assertThat(detail.liveAgents()).isEqualTo(detail.counts().size());
    assertThat(detail.counts().values().stream().reduce(IndexInfo.EMPTY, IndexInfo::plus))
        .isEqualTo(info());
    assertThat(statistics.values().stream().mapToLong(GraphStatistics::objects).sum())
        .isEqualTo(7L * copies());
    assertThat(statistics).hasSameSizeAs(detail.counts());
    assertThat(properties).hasSameSizeAs(detail.counts());
    assertThat(properties.values()).allMatch(property -> property.space().equals(space()));
  }

  private void insertMany(int count) {
    for (int i = 0; i < count; i++) {
      apply(new Mutation.Insert(id(i), vector(i), WriteTime.UNSTAMPED));
    }
  }

  private IndexInfo info() {
    return await(store().indexInfo(USER));
  }

  private static VectorId id(int number) {
    return new VectorId("id-" + number);
  }
}
