package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.lucene.search.ScoreDoc;
import org.junit.jupiter.api.Test;

class RescoringTest {
  private static final int BEAM = 6;

  @Test
  void roughScoresAreABitOff_hitsComeInTheirTrueOrder() {
    var found = rescored(new float[] {60, 58, 40, 30, 20, 10}, 57, 60, 41, 30, 20, 10);

    assertThat(found.orElseThrow()).extracting(hit -> hit.doc).startsWith(1, 0);
    assertThat(found.orElseThrow()).extracting(hit -> hit.score).startsWith(60f, 57f);
  }

  /** The error seen, 2, lets the fourth and the fifth still be better than the second. */
  @Test
  void laterHitsMayBelongToTheBest_theyAreScoredAnewToo() {
    var found = rescored(new float[] {60, 52, 51, 50, 49, 10}, 58, 51, 50, 52, 49, 10);

    assertThat(found.orElseThrow()).extracting(hit -> hit.doc).containsExactly(0, 3, 1, 2, 4);
  }

  @Test
  void noLaterHitCanBelongToTheBest_theyAreLeftOut() {
    var found = rescored(new float[] {60, 50, 40, 30, 20, 10}, 60, 50, 40, 30, 20, 10);

    assertThat(found.orElseThrow()).extracting(hit -> hit.doc).containsExactly(0, 1, 2);
  }

  @Test
  void roughScoresTellNothing_thereIsNoAnswer() {
    assertThat(rescored(new float[] {5, 5, 4, 4, 4, 4}, 9, 1, 7, 3, 8, 2)).isEmpty();
  }

  @Test
  void aScoreIsNotANumber_thereIsNoAnswer() {
    assertThat(rescored(new float[] {5, 4, 3, 2, 1, Float.NaN}, 5, 4, 3, 2, 1, 0)).isEmpty();
  }

  @Test
  void walkFoundAllThereIs_itNeedNotTellThemApart() {
    var found = rescored(new float[] {5, 5}, 4, 9);

    assertThat(found.orElseThrow()).extracting(hit -> hit.doc).containsExactly(1, 0);
  }

  @Test
  void walkFoundNothing_nothingIsTheAnswer() {
    assertThat(rescored(new float[] {})).hasValueSatisfying(hits -> assertThat(hits).isEmpty());
  }

  /** The best two, three of them scored anew in any case. */
  private static Optional<ScoreDoc[]> rescored(float[] rough, float... exact) {
    var hits =
        IntStream.range(0, rough.length)
            .mapToObj(slot -> new ScoreDoc(slot, rough[slot]))
            .toArray(ScoreDoc[]::new);
    return Rescoring.of(hits, new Table(exact), 2, 3, BEAM);
  }

  private static final class Table implements Nearness {
    private final float[] of;

    Table(float[] of) {
      this.of = of;
    }

    @Override
    public float score(int slot) {
      return of[slot];
    }

    @Override
    public float bulkScore(int[] slots, float[] scores, int count) {
      float best = Float.NEGATIVE_INFINITY;
      for (int i = 0; i < count; i++) {
        scores[i] = of[slots[i]];
        best = Math.max(best, scores[i]);
      }
      return best;
    }
  }
}
