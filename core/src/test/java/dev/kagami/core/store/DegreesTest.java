package dev.kagami.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DegreesTest {
  /** Degrees 1, 1, 3, 3, 3, 4. */
  private static final Degrees SIX = new Degrees(List.of(0L, 2L, 0L, 3L, 1L));

  @Test
  void vectorsWithEdges_areSummedUp() {
    assertThat(SIX.vectors()).isEqualTo(6);
    assertThat(SIX.edges()).isEqualTo(15);
    assertThat(SIX.min()).isEqualTo(1);
    assertThat(SIX.max()).isEqualTo(4);
    assertThat(SIX.mode()).isEqualTo(3);
    assertThat(SIX.mean()).isEqualTo(2.5);
    assertThat(SIX.variance()).isEqualTo((2 * 2.25 + 3 * 0.25 + 2.25) / 6);
    assertThat(SIX.quantile(0)).isEqualTo(1);
    assertThat(SIX.quantile(0.5)).isEqualTo(3);
    assertThat(SIX.quantile(1)).isEqualTo(4);
  }

  @Test
  void noVectors_allIsZero() {
    assertThat(Degrees.NONE.min() + Degrees.NONE.max() + Degrees.NONE.mode()).isZero();
    assertThat(Degrees.NONE.quantile(0.5)).isZero();
    assertThat(Degrees.NONE.mean() + Degrees.NONE.variance()).isZero();
  }

  @Test
  void twoGraphs_areOneDistribution() {
    assertThat(SIX.plus(new Degrees(List.of(1L, 1L))))
        .isEqualTo(new Degrees(List.of(1L, 3L, 0L, 3L, 1L)));
    assertThat(Degrees.NONE.plus(SIX)).isEqualTo(SIX);
  }

  @Test
  void edgesDifferInLength_theMeanIsByTheirNumber() {
    var one = new GraphStatistics(SIX, SIX, 6, 1, 2.0);
    var other = new GraphStatistics(Degrees.NONE, new Degrees(List.of(0L, 5L)), 5, 2, 6.0);

    var sum = one.plus(other);

    assertThat(sum.meanEdgeLength()).isEqualTo((15 * 2.0 + 5 * 6.0) / 20);
    assertThat(sum.objects()).isEqualTo(11);
    assertThat(sum.removed()).isEqualTo(3);
    assertThat(GraphStatistics.EMPTY.plus(GraphStatistics.EMPTY)).isEqualTo(GraphStatistics.EMPTY);
  }
}
