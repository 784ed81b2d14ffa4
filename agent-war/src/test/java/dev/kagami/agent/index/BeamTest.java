package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.lucene.search.ScoreDoc;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class BeamTest {
  private final Seed seed = Seed.next();
  private final Random random = new Random(seed.value());
  private final Beam beam = new Beam();

  /** The same as sorting all and taking the first, with walks of other widths before. */
  @RepeatedTest(20)
  void manyAreOffered_theBestAreKeptInOrder() {
    for (int walk = 0; walk < 5; walk++) {
      int width = 1 + random.nextInt(400);
      beam.begin(width);
      var scores = new ArrayList<Float>();
      for (int slot = 0; slot < 1_000; slot++) {
        float score = random.nextInt(300) - 150;
        scores.add(score);
        if (score > beam.bar()) {
          beam.offer(slot, score);
        }
        if (random.nextBoolean()) {
          beam.leave();
        }
      }

      var expected = scores.stream().sorted(Comparator.reverseOrder()).limit(width).toList();
      assertThat(hits()).extracting(hit -> hit.score).as("%s", seed).isEqualTo(expected);
      assertThat(hits()).as("%s", seed).allMatch(hit -> scores.get(hit.doc) == hit.score);
      assertThat(Arrays.stream(beam.hits()).mapToInt(hit -> hit.doc)).doesNotHaveDuplicates();
    }
  }

  @Test
  void hitsAreScoredAnew_theyComeInTheirNewOrder() {
    offered(3, 5, 4, 3);

    assertThat(beam.rescore(scores(4.9f, 4.8f, 4.95f))).isFalse();

    assertThat(hits()).extracting(hit -> hit.doc).containsExactly(2, 0, 1);
    assertThat(hits()).extracting(hit -> hit.score).containsExactly(4.95f, 4.9f, 4.8f);
  }

  @Test
  void newScoresAreNearlyTheOld_thoseWereGoodEnough() {
    offered(3, 5, 4, 3);

    assertThat(beam.rescore(scores(5.1f, 4.1f, 2.9f))).isTrue();
  }

  @Test
  void thereIsRoomForMore_anyScoresWereGoodEnough() {
    offered(4, 5, 4, 3);

    assertThat(beam.rescore(scores(1, 2, 3))).isTrue();
  }

  private void offered(int width, float... scores) {
    beam.begin(width);
    for (int slot = 0; slot < scores.length; slot++) {
      beam.offer(slot, scores[slot]);
    }
  }

  private static Nearness scores(float... scores) {
    return new Nearness() {
      @Override
      public float score(int slot) {
        return scores[slot];
      }

      @Override
      public float bulkScore(int[] slots, float[] results, int count) {
        float best = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
          results[i] = score(slots[i]);
          best = Math.max(best, results[i]);
        }
        return best;
      }
    };
  }

  @Test
  void hitsAndOthersAreOffered_theBestIsLeftFirstAndEachOnce() {
    beam.begin(3);
    beam.offer(1, 1);
    beam.offer(5, 5);
    beam.offerOther(4, 4);
    beam.offer(3, 3);

    assertThat(beam.leave()).isEqualTo(5);
    assertThat(beam.leave()).isEqualTo(4);
    beam.offer(6, 6);
    assertThat(beam.leave()).as("better than one just left").isEqualTo(6);
    assertThat(beam.leave()).isEqualTo(3);
    assertThat(beam.leave()).as("1 gave way to 6").isEqualTo(Beam.NONE);
    assertThat(hits()).extracting(hit -> hit.doc).containsExactly(6, 5, 3);
  }

  @Test
  void thereAreHitsEnough_whatScoresLessLeadsNowhere() {
    beam.begin(1);
    beam.offerOther(1, 1);
    beam.offerOther(9, 9);
    beam.offer(5, 5);

    assertThat(beam.bar()).isEqualTo(5);
    assertThat(beam.leave()).isEqualTo(9);
    assertThat(beam.leave()).isEqualTo(5);
    assertThat(beam.leave()).isEqualTo(Beam.NONE);
  }

  @Test
  void thereAreTooFewHits_allOthersAreLeft() {
    beam.begin(2);
    beam.offer(5, 5);
    for (int slot = 0; slot < 5; slot++) {
      beam.offerOther(slot, slot);
    }

    List<Integer> left = new ArrayList<>();
    for (int slot = beam.leave(); slot != Beam.NONE; slot = beam.leave()) {
      left.add(slot);
    }

    assertThat(left).containsExactly(5, 4, 3, 2, 1, 0);
    assertThat(hits()).extracting(hit -> hit.doc).containsExactly(5);
  }

  private List<ScoreDoc> hits() {
    return List.of(beam.hits());
  }
}
