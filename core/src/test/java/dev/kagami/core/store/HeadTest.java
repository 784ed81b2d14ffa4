package dev.kagami.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeadTest {
  private static final VectorId ID = new VectorId("an-id");

  @Test
  void heads_areOrderedByTimeStampKindAndContent() {
    var ascending =
        List.of(
            head(-1, 9, Head.Kind.VECTOR, 9),
            head(1, 8, Head.Kind.VECTOR, 9),
            head(1, 9, Head.Kind.VECTOR, 0),
            head(1, 9, Head.Kind.VECTOR, Long.MAX_VALUE),
            head(1, 9, Head.Kind.VECTOR, Long.MIN_VALUE),
            head(1, 9, Head.Kind.VECTOR, -1),
            head(1, 9, Head.Kind.TOMBSTONE, 0),
            head(2, 1, Head.Kind.VECTOR, 0));
    var shuffled = new ArrayList<>(ascending);
    Collections.shuffle(shuffled, new Random(7));

    assertThat(shuffled.stream().sorted()).containsExactlyElementsOf(ascending);
    assertThat(ascending.get(1).isNewerThan(ascending.get(0))).isTrue();
    assertThat(ascending.get(0).isNewerThan(ascending.get(1))).isFalse();
    assertThat(ascending.get(0).isNewerThan(ascending.get(0))).isFalse();
  }

  @Test
  void version_hasTheHeadOfItsContent() {
    var vector = Vector.of(1, 2);
    var time = new Timestamp(5);
    var stamp = new Stamp(6);

    assertThat(new Version(ID, time, stamp, Optional.of(vector)).head())
        .isEqualTo(new Head(ID, time, stamp, Head.Kind.VECTOR, vector.contentHash()));
    assertThat(new Version(ID, time, stamp, Optional.empty()).head())
        .isEqualTo(new Head(ID, time, stamp, Head.Kind.TOMBSTONE, 0));
  }

  @Test
  void distancesAreEqual_neighborsAreOrderedByIdWhateverTheSignOfZero() {
    var a = neighbor("a", 0.0f);
    var b = neighbor("b", -0.0f);
    var c = neighbor("c", 1);
    var nearest = neighbor("z", -1);

    assertThat(List.of(c, b, nearest, a).stream().sorted(Neighbor.NEAREST_FIRST))
        .containsExactly(nearest, a, b, c);
  }

  private static Neighbor neighbor(String id, float distance) {
    var head = new Head(new VectorId(id), new Timestamp(1), new Stamp(1), Head.Kind.VECTOR, 0);
    return new Neighbor(head, distance);
  }

  private static Head head(long nanos, long stamp, Head.Kind kind, long contentHash) {
    return new Head(ID, new Timestamp(nanos), new Stamp(stamp), kind, contentHash);
  }
}
