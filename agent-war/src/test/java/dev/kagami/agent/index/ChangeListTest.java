package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.Seed;
import dev.kagami.core.vector.VectorId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChangeListTest {
  private final ChangeList list = new ChangeList();

  @Test
  void idsChangeAgainAndAgain_eachStandsAtItsLastChange() {
    var seed = Seed.next();
    var random = new SplittableRandom(seed.value());
    var last = new HashMap<VectorId, Long>();
    long seq = 0;

    for (int i = 0; i < 50_000; i++) {
      var id = new VectorId("id-" + random.nextInt(1 + i / 10));
      seq += random.nextInt(1, 4);
      list.add(id, last.getOrDefault(id, 0L), seq);
      last.put(id, seq);
    }

    var expected = new TreeMap<Long, VectorId>();
    last.forEach((id, at) -> expected.put(at, id));
    var told = new TreeMap<Long, VectorId>();
    list.between(0, seq, Integer.MAX_VALUE).forEach(entry -> told.put(entry.seq(), entry.id()));
    assertThat(told).as("%s", seed).isEqualTo(expected);
  }

  @Test
  void beginsWithWhatWasKept_goesOnFromThere() {
    var seed = Seed.next();
    var random = new SplittableRandom(seed.value());
    var kept = new ArrayList<Lineage>();
    var expected = new TreeMap<Long, VectorId>();
    long seq = 0;
    for (int i = 0; i < 3_000; i++) {
      var id = new VectorId("id-" + i);
      seq += random.nextInt(1, 4);
      kept.add(new Lineage(id, List.of(), Collections.emptySortedMap(), seq, seq));
      expected.put(seq, id);
    }
    Collections.shuffle(kept, new Random(seed.value()));

    list.begin(kept);
    var first = expected.firstEntry();
    list.add(first.getValue(), first.getKey(), seq + 1);

    expected.remove(first.getKey());
    expected.put(seq + 1, first.getValue());
    var told = new TreeMap<Long, VectorId>();
    list.between(0, seq + 1, Integer.MAX_VALUE).forEach(entry -> told.put(entry.seq(), entry.id()));
    assertThat(told).as("%s", seed).isEqualTo(expected);
  }

  @Test
  void beginsWithNothing_changesAreTold() {
    list.begin(List.of());

    list.add(new VectorId("a"), 0, 1);

    assertThat(list.between(0, 9, 9)).containsExactly(new ChangeList.Entry(1, new VectorId("a")));
  }

  @Test
  void idIsForgotten_itIsNotTold() {
    list.add(new VectorId("a"), 0, 1);
    list.add(new VectorId("b"), 0, 2);

    list.remove(1);
    list.remove(0);

    assertThat(list.between(0, 9, 9)).containsExactly(new ChangeList.Entry(2, new VectorId("b")));
  }

  @Test
  void boundsAreGiven_onlyWhatLiesBetweenIsTold() {
    var seqs = new ArrayList<Long>();
    for (long seq = 2; seq <= 20; seq += 2) {
      list.add(new VectorId("id-" + seq), 0, seq);
    }

    list.between(4, 13, 3).forEach(entry -> seqs.add(entry.seq()));

    assertThat(seqs).containsExactly(6L, 8L, 10L);
    assertThat(list.between(20, 99, 3)).isEmpty();
    assertThat(list.between(4, 7, 3)).hasSize(1);
  }
}
