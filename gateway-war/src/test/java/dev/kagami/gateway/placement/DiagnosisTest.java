package dev.kagami.gateway.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.store.Head;
import dev.kagami.core.store.Head.Kind;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.KeptHeads;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.VectorId;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
  private static final VectorId ID = new VectorId("an-id");
  private static final Head OLD = head(1, Kind.VECTOR);
  private static final Head NEW = head(2, Kind.VECTOR);
  private static final Head REMOVAL = head(3, Kind.TOMBSTONE);

  private final Agent a = agent("a");
  private final Agent b = agent("b");
  private final Agent c = agent("c");

  private static Agent agent(String name) {
    var store =
        new InMemoryVectorStore(
            name,
            ClusterInMemory.SPACE,
            new WriterNumber(1, WriterNumber.AGENT),
            InstantSource.system());
    return new Agent(
        name, name, store, new ScriptedNode(ClusterInMemory.description(name, Stamp.NONE)));
  }

  private static Head head(long time, Kind kind) {
    return new Head(ID, new Timestamp(time), new Stamp(time << 20), kind, time);
  }

  private static KeptHeads keeps(Head... heads) {
    return new KeptHeads(ID, List.of(heads), new TreeSet<>());
  }

  private static KeptHeads marks(Head... voided) {
    return new KeptHeads(
        ID, List.of(), new TreeSet<>(Arrays.stream(voided).map(Head::stamp).toList()));
  }

  @Test
  void sameEverywhere_isHealthy() {
    var diagnosis = Diagnosis.of(ID, Map.of(a, keeps(NEW), b, keeps(NEW)), List.of(a, b));

    assertThat(diagnosis.isHealthy()).isTrue();
    assertThat(diagnosis.extra()).isEmpty();
  }

  @Test
  void oneIsOldAndOneHasNothing_bothNeedTheNewest() {
    var diagnosis = Diagnosis.of(ID, Map.of(a, keeps(OLD), c, keeps(NEW)), List.of(a, b));

    assertThat(diagnosis.sources()).containsExactly(c);
    assertThat(diagnosis.patients()).containsExactly(a, b);
    assertThat(diagnosis.extra()).as("it is the only good one").isEmpty();
  }

  @Test
  void copyTooMany_isNamed() {
    var held = Map.of(a, keeps(NEW), b, keeps(NEW), c, keeps(NEW));

    var diagnosis = Diagnosis.of(ID, held, List.of(a, b));

    assertThat(diagnosis.isHealthy()).isTrue();
    assertThat(diagnosis.extra()).containsExactly(c);
  }

  @Test
  void removed_goesToWhoHasSomethingAndToNobodyElse() {
    var diagnosis = Diagnosis.of(ID, Map.of(a, keeps(REMOVAL), c, keeps(OLD)), List.of(a, b));

    assertThat(diagnosis.patients()).containsExactly(c);
    assertThat(diagnosis.extra()).isEmpty();
  }

  @Test
  void voidVersion_isToldToWhoDoesNotKnowAndIsNoSource() {
    var diagnosis =
        Diagnosis.of(
            ID, Map.of(a, keeps(NEW, OLD), b, keeps(OLD).merge(marks(NEW))), List.of(a, b));

    assertThat(diagnosis.unheard())
        .containsExactly(new Diagnosis.Unheard(a, new VoidMark(ID, NEW.stamp())));
    assertThat(diagnosis.newest()).contains(OLD);
    assertThat(diagnosis.patients()).isEmpty();
  }

  @Test
  void nothingCounts_nobodyNeedsAnything() {
    var diagnosis = Diagnosis.of(ID, Map.of(a, marks(NEW), b, keeps(NEW)), List.of(a, b));

    assertThat(diagnosis.newest()).isEmpty();
    assertThat(diagnosis.patients()).isEmpty();
    assertThat(diagnosis.unheard()).hasSize(1);
  }
}
