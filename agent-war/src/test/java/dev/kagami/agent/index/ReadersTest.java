package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadersTest {
  private final Readers readers = new Readers();

  @Test
  void nobodyLooks_allHaveLeft() {
    assertThat(readers.haveLeft(readers.epoch())).isTrue();
  }

  @Test
  void oneWhoCameBeforeStays_notAllHaveLeftUntilItDoes() {
    int entered = readers.enter();
    int last = readers.epoch();

    assertThat(readers.haveLeft(last)).isFalse();

    readers.leave(entered);
    assertThat(readers.haveLeft(last)).isTrue();
  }

  @Test
  void othersComeLater_nobodyWaitsForThem() {
    int before = readers.enter();
    int last = readers.epoch();
    assertThat(readers.haveLeft(last)).isFalse();
    int after = readers.enter();

    readers.leave(before);

    assertThat(readers.haveLeft(last)).isTrue();
    readers.leave(after);
  }

  @Test
  void oneStaysForTwoEpochs_theSecondDoesNotEndBeforeIt() {
    assertThat(readers.haveLeft(readers.epoch())).isTrue();
    int lasting = readers.enter();
    int first = readers.epoch();
    assertThat(readers.haveLeft(first)).isFalse();

    int second = readers.epoch();

    assertThat(second).isGreaterThan(first);
    assertThat(readers.haveLeft(second)).isFalse();
    readers.leave(lasting);
    assertThat(readers.haveLeft(second)).isTrue();
  }
}
