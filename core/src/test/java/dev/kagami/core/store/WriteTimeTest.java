package dev.kagami.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WriteTimeTest {
  private static final VectorId ID = new VectorId("an-id");
  private static final Vector VECTOR = Vector.of(1, 2);
  private static final Stamp FIRST = new Stamp(10_240);
  private static final Stamp SECOND = new Stamp(20_480);

  @Test
  void writeWithoutTimeIsStamped_getsTheStampsTime() {
    var time = WriteTime.UNSTAMPED.stamped(FIRST);

    assertThat(time.timestamp()).isEqualTo(FIRST.asTimestamp());
    assertThat(time.stamp()).isEqualTo(FIRST);
    assertThat(time.isStamped()).isTrue();
    assertThat(time.isOfClient()).isFalse();
  }

  @Test
  void writeWithClientsTimeIsStamped_keepsItsTime() {
    var time = WriteTime.ofClient(new Timestamp(7)).stamped(FIRST);

    assertThat(time.timestamp()).isEqualTo(new Timestamp(7));
    assertThat(time.stamp()).isEqualTo(FIRST);
    assertThat(time.isOfClient()).isTrue();
  }

  @Test
  void writeIsRunAgain_hasNewStampAndTimeAndVoidsTheFirst() {
    var again = WriteTime.UNSTAMPED.stamped(FIRST).stamped(SECOND).voiding(FIRST);

    assertThat(again)
        .isEqualTo(new WriteTime(SECOND.asTimestamp(), WriteTime.Source.SERVER, SECOND, FIRST));
    assertThat(again.stamped(SECOND).voids()).as("of a third").isEqualTo(Stamp.NONE);
  }

  @Test
  void writeIsNotStampedYet_hasNoVersion() {
    assertThatThrownBy(() -> new Mutation.Insert(ID, VECTOR, WriteTime.UNSTAMPED).version())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(ID.value());
  }

  @Test
  void writeIsStamped_itsVersionHasItsContent() {
    var time = WriteTime.UNSTAMPED.stamped(FIRST);
    var version = new Version(ID, FIRST.asTimestamp(), FIRST, Optional.of(VECTOR));

    assertThat(new Mutation.Insert(ID, VECTOR, time).version()).isEqualTo(version);
    assertThat(new Mutation.Update(ID, VECTOR, time).version()).isEqualTo(version);
    assertThat(new Mutation.Upsert(ID, VECTOR, time).version()).isEqualTo(version);
    assertThat(new Mutation.Remove(ID, time).version().isTombstone()).isTrue();
  }

  @Test
  void writeIsMovedOrMadeUnconditional_staysTheSameOtherwise() {
    var time = WriteTime.UNSTAMPED.stamped(FIRST);
    for (var write :
        List.of(
            new Mutation.Insert(ID, VECTOR, WriteTime.UNSTAMPED),
            new Mutation.Update(ID, VECTOR, WriteTime.UNSTAMPED),
            new Mutation.Upsert(ID, VECTOR, WriteTime.UNSTAMPED),
            new Mutation.Remove(ID, WriteTime.UNSTAMPED))) {
      var changed = write.at(time).unconditional();

      assertThat(write.condition()).isEqualTo(Mutation.Condition.CHECKED);
      assertThat(changed).hasSameClassAs(write);
      assertThat(changed.id()).isEqualTo(ID);
      assertThat(changed.content()).isEqualTo(write.content());
      assertThat(changed.time()).isEqualTo(time);
      assertThat(changed.condition()).isEqualTo(Mutation.Condition.UNCONDITIONAL);
      assertThat(changed.at(time)).isEqualTo(changed);
    }
  }
}
