package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.Seed;
import dev.kagami.core.store.HeadCursor;
import dev.kagami.core.vector.VectorId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdTableTest {
  private static final int MANY = 20_000;

  private final IdTable table = new IdTable();

  @Test
  void idsComeInAnyOrder_areFoundAndListedByHash() {
    var seed = Seed.next();
    var shuffled = new ArrayList<>(ids(MANY));
    Collections.shuffle(shuffled, new Random(seed.value()));

    shuffled.forEach(id -> table.put(Lineage.nothing(id)));

    assertThat(ids(MANY)).as("%s", seed).allMatch(id -> table.get(id).isPresent());
    assertThat(table.get(new VectorId("unknown"))).isEmpty();
    assertThat(listed(1000)).isEqualTo(ids(MANY).stream().sorted(HeadCursor.ORDER).toList());
  }

  @Test
  void roomIsReserved_moreThanThatFindTheirPlaceToo() {
    table.reserve(MANY / 2);

    ids(MANY).forEach(id -> table.put(Lineage.nothing(id)));

    assertThat(ids(MANY)).allMatch(id -> table.get(id).isPresent());
    assertThat(listed(1000)).isEqualTo(ids(MANY).stream().sorted(HeadCursor.ORDER).toList());
  }

  @Test
  void hashesLieAtTheEnd_moreRoomIsMadeThere() {
    var last = ids(400_000).stream().filter(id -> id.hash() >>> 54 == 1023).limit(300).toList();
    assertThat(last).hasSize(300);

    last.forEach(id -> table.put(Lineage.nothing(id)));
    ids(3000).forEach(id -> table.put(Lineage.nothing(id)));

    assertThat(last).allMatch(id -> table.get(id).isPresent());
    assertThat(listed(1000)).isSortedAccordingTo(HeadCursor.ORDER).containsAll(last);
  }

  @Test
  void lineageIsReplaced_theNewOneIsFound() {
    var id = new VectorId("a");
    table.put(Lineage.nothing(id));
    var next = new Lineage(id, List.of(), Collections.emptySortedMap(), 7, 7);

    table.put(next);

    assertThat(table.get(id)).contains(next);
    assertThat(listed(10)).containsExactly(id);
  }

  @Test
  void idsAreTakenOut_theOthersAreFoundAndListedByHash() {
    var seed = Seed.next();
    var shuffled = new ArrayList<>(ids(MANY));
    Collections.shuffle(shuffled, new Random(seed.value()));
    ids(MANY).forEach(id -> table.put(Lineage.nothing(id)));
    var gone = shuffled.subList(0, MANY / 2);
    var left = shuffled.subList(MANY / 2, MANY);

    gone.forEach(table::remove);
    gone.forEach(table::remove);

    assertThat(gone).as("%s", seed).allMatch(id -> table.get(id).isEmpty());
    assertThat(left).allMatch(id -> table.get(id).isPresent());
    assertThat(listed(1000)).isEqualTo(left.stream().sorted(HeadCursor.ORDER).toList());
  }

  @Test
  void readWhileIdsAreTakenOut_thoseThatStayAreNeverMissed() {
    var there = Set.copyOf(ids(500));
    ids(MANY).forEach(id -> table.put(Lineage.nothing(id)));
    var done = new AtomicBoolean();
    var reader =
        CompletableFuture.supplyAsync(() -> {
          int missed = 0;
          do {
            missed += (int) there.stream().filter(id -> table.get(id).isEmpty()).count();
          } while (!done.get());
          return missed;
        });

    IntStream.range(500, MANY).forEach(i -> table.remove(id(i)));
    done.set(true);

    assertThat(reader.join()).isZero();
  }

  @Test
  void readWhileIdsAreAdded_thoseThatWereThereAreNeverMissed() {
    var there = Set.copyOf(ids(500));
    there.forEach(id -> table.put(Lineage.nothing(id)));
    var done = new AtomicBoolean();
    var reader =
        CompletableFuture.supplyAsync(() -> {
          int missed = 0;
          do {
            missed += (int) there.stream().filter(id -> table.get(id).isEmpty()).count();
            missed += there.size() - (int) listed(100).stream().filter(there::contains).count();
          } while (!done.get());
          return missed;
        });

    IntStream.range(500, MANY).forEach(i -> table.put(Lineage.nothing(id(i))));
    done.set(true);

    assertThat(reader.join()).isZero();
  }

  private List<VectorId> listed(int limit) {
    var listed = new ArrayList<VectorId>();
    var at = HeadCursor.START;
    List<Lineage> page;
    do {
      page = table.from(at, limit);
      for (var lineage : page) {
        listed.add(lineage.id());
        at = HeadCursor.behind(lineage.id());
      }
    } while (!page.isEmpty());
    return listed;
  }

  private static List<VectorId> ids(int count) {
    return IntStream.range(0, count).mapToObj(IdTableTest::id).toList();
  }

  private static VectorId id(int number) {
    return new VectorId("id-" + number);
  }
}
