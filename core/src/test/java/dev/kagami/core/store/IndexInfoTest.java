package dev.kagami.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IndexInfoTest {

  @Test
  void indexesOfAgents_areAddedUp() {
    var one = new IndexInfo(1, 2, true, false);
    var two = new IndexInfo(10, 20, false, true);

    assertThat(one.plus(two)).isEqualTo(new IndexInfo(11, 22, true, true));
    assertThat(IndexInfo.EMPTY.plus(one)).isEqualTo(one);
  }
}
