package dev.kagami.core.store;

import static dev.kagami.core.error.ValdException.Code.ABORTED;
import static dev.kagami.core.error.ValdException.Code.ALREADY_EXISTS;
import static dev.kagami.core.error.ValdException.Code.INVALID_ARGUMENT;
import static dev.kagami.core.error.ValdException.Code.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.store.Mutation.Condition;
import dev.kagami.core.store.TimeCondition.Operator;
import dev.kagami.core.store.TimestampUpdate.Force;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.VectorId;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is done by the time of a version, and only while that version is seen. */
interface TimeContract extends StoreUnderTest {

  @Test
  default void versionWasReplaced_aWriteForTheOldOneIsAborted() {
    insert(ID, 100);
    var seen = visible(ID).orElseThrow().head();
    apply(new Mutation.Update(ID, vector(2), WriteTime.UNSTAMPED));

    refused(ABORTED, new Mutation.Remove(ID, WriteTime.UNSTAMPED, Condition.ifStill(seen)));
    refused(
        ABORTED, new Mutation.Update(ID, vector(3), WriteTime.UNSTAMPED, Condition.ifStill(seen)));
    shown(ID, vector(2));
  }

  @Test
  default void versionIsStillSeen_aWriteForItIsDone() {
    insert(ID, 100);
    var seen = visible(ID).orElseThrow().head();

    apply(new Mutation.Remove(ID, WriteTime.UNSTAMPED, Condition.ifStill(seen)));

    assertThat(visible(ID)).isEmpty();
    refused(NOT_FOUND, new Mutation.Remove(ID, WriteTime.UNSTAMPED, Condition.ifStill(seen)));
  }

  @Test
  default void timestampIsMoved_theVectorStays() {
    insert(ID, 100);

    var location = await(moveTo(101, Force.NOT_FORCED));

    assertThat(shown(ID, vector(1)).timestamp()).isEqualTo(new Timestamp(101));
    assertThat(location.id()).isEqualTo(ID);
    assertThat(location.name()).isNotEmpty();
  }

  @Test
  default void timestampIsNotNewer_alreadyExists() {
    insert(ID, 100);

    refused(ALREADY_EXISTS, () -> moveTo(100, Force.NOT_FORCED));
    refused(ALREADY_EXISTS, () -> moveTo(99, Force.NOT_FORCED));
    refused(ALREADY_EXISTS, () -> moveTo(100, Force.FORCED));

    assertThat(shown(ID, vector(1)).timestamp()).isEqualTo(new Timestamp(100));
  }

  @Test
  default void timestampIsForcedBackOrNone_invalid() {
    insert(ID, 100);

    refused(INVALID_ARGUMENT, () -> moveTo(99, Force.FORCED));
    refused(INVALID_ARGUMENT, () -> moveTo(0, Force.FORCED));
    refused(INVALID_ARGUMENT, () -> moveTo(0, Force.NOT_FORCED));
    refused(INVALID_ARGUMENT, () -> moveTo(-5, Force.NOT_FORCED));

    assertThat(shown(ID, vector(1)).timestamp()).isEqualTo(new Timestamp(100));
  }

  @Test
  default void timestampOfNothing_notFound() {
    refused(NOT_FOUND, () -> moveTo(100, Force.NOT_FORCED));

    insert(ID, 100);
    apply(new Mutation.Remove(ID, WriteTime.UNSTAMPED));

    refused(NOT_FOUND, () -> moveTo(101, Force.FORCED));
  }

  @Test
  default void timesMeetAllConditions_thoseIdsAreRemoved() {
    IntStream.range(1, 100).forEach(i -> insert(id(i), i));

    var removed =
        await(remove(condition(Operator.AFTER, 10), condition(Operator.AT_OR_BEFORE, 90)));

    assertThat(removed.stream().map(location -> location.id()).toList())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(11, 90).mapToObj(TimeContract::id).toList());
    assertThat(removed).allMatch(location -> !location.name().isEmpty());
    for (int i = 1; i < 100; i++) {
      assertThat(visible(id(i)).isPresent()).as("id %s", i).isEqualTo(i <= 10 || i > 90);
    }
  }

  @Test
  default void noConditionIsGiven_everythingIsRemoved() {
    IntStream.range(1, 10).forEach(i -> insert(id(i), i));

    assertThat(await(remove())).hasSize(9);

    assertThat(await(store().indexInfo(USER)).stored()).isZero();
    refused(NOT_FOUND, () -> remove());
  }

  @Test
  default void nothingMeetsTheConditions_notFound() {
    insert(ID, 100);

    refused(NOT_FOUND, () -> remove(condition(Operator.BEFORE, 100)));
    refused(NOT_FOUND, () -> remove(condition(Operator.UNKNOWN, 100)));

    shown(ID, vector(1));
  }

  private void insert(VectorId id, long timestamp) {
    apply(new Mutation.Insert(id, vector(1), WriteTime.ofClient(new Timestamp(timestamp))));
  }

  private CompletionStage<Location> moveTo(long timestamp, Force force) {
    return TimestampUpdate.run(store(), ID, new Timestamp(timestamp), force, USER);
  }

  private CompletionStage<List<Location>> remove(TimeCondition... all) {
    return RemovalByTime.run(store(), List.of(all), USER);
  }

  private static TimeCondition condition(Operator operator, long bound) {
    return new TimeCondition(operator, new Timestamp(bound));
  }

  private static VectorId id(int number) {
    return new VectorId("id-" + number);
  }
}
