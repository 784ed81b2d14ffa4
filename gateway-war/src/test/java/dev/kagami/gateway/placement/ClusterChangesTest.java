package dev.kagami.gateway.placement;

import static dev.kagami.gateway.placement.Answers.answer;
import static dev.kagami.gateway.placement.Answers.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ChangePosition;
import dev.kagami.core.store.HeadCursor;
import dev.kagami.core.store.KeptHeads;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.ScriptedVectorStore;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What three agents with two replicas each tell of their contents while some are away. */
class ClusterChangesTest {
  private static final CallContext CALL = CallContext.UNBOUNDED;

  private final ClusterInMemory cluster = ClusterInMemory.started(3, 2);
  private final List<VectorId> ids =
      IntStream.range(0, 30).mapToObj(i -> new VectorId("id-" + i)).toList();

  @BeforeEach
  void fill() {
    for (var id : ids) {
      answer(
          cluster.gateway.apply(
              new Mutation.Insert(id, Vector.of(1, 2, 3, 4), WriteTime.UNSTAMPED), CALL));
    }
  }

  @Test
  void oneAgentIsAway_itsLogIsMissedByNameAndTheOthersGoOn() {
    lose(cluster.scripts.get(1));

    var logs = answer(cluster.gateway.changeLogs(CALL));

    assertThat(logs.logs()).hasSize(2);
    assertThat(logs.missing()).containsExactly("agent-2");
    var unknown = ChangePosition.beginning(new UUID(1, 2));
    assertThat(failure(cluster.gateway.changesSince(unknown, 10, CALL)).code())
        .as("it could be the missing one's")
        .isEqualTo(Code.UNAVAILABLE);
  }

  @Test
  void allAgentsAreAway_unavailableAndNeverNothing() {
    cluster.scripts.forEach(ClusterChangesTest::lose);

    assertThat(failure(cluster.gateway.changeLogs(CALL)).code()).isEqualTo(Code.UNAVAILABLE);
  }

  @Test
  void fewerAreAwayThanReplicas_allIdsAreListed() {
    lose(cluster.scripts.get(1));

    var page = answer(cluster.gateway.heads(HeadCursor.START, 100, CALL));

    assertThat(page.heads().stream().map(KeptHeads::id).toList())
        .containsExactlyElementsOf(ids.stream().sorted(HeadCursor.ORDER).toList());
    assertThat(page.next()).isEmpty();
  }

  @Test
  void asManyAreAwayAsReplicas_unavailable() {
    lose(cluster.scripts.get(0));
    lose(cluster.scripts.get(1));

    assertThat(failure(cluster.gateway.heads(HeadCursor.START, 100, CALL)).code())
        .isEqualTo(Code.UNAVAILABLE);
    assertThat(failure(cluster.gateway.findAll(ids, CALL)).code()).isEqualTo(Code.UNAVAILABLE);
  }

  @Test
  void replicasDiffer_newestIsListedAndMarksCount() {
    var id = ids.getFirst();
    var undone = new Stamp(1L << 62);
    answer(cluster.script(id, 1).revoke(new VoidMark(id, undone), CALL));

    var page = answer(cluster.gateway.heads(HeadCursor.START, 100, CALL));

    assertThat(page.heads().stream().filter(heads -> heads.id().equals(id)).toList())
        .singleElement()
        .satisfies(heads -> assertThat(heads.marks()).containsExactly(undone));
  }

  @Test
  void oneHolderLacksIt_itIsLacking() {
    var id = ids.getFirst();
    var kept = answer(cluster.gateway.find(id, CALL)).heads();
    var mark = new Stamp(1L << 62);
    answer(cluster.script(id, 0).revoke(new VoidMark(id, mark), CALL));
    var marks = new TreeSet<>(List.of(mark));
    var offered = new KeptHeads(id, kept.heads(), marks);

    assertThat(answer(cluster.gateway.lacking(List.of(offered), CALL)))
        .containsExactly(new KeptHeads(id, List.of(), marks));
    lose(cluster.script(id, 1));
    assertThat(failure(cluster.gateway.lacking(List.of(offered), CALL)).code())
        .isEqualTo(Code.UNAVAILABLE);
  }

  private static void lose(ScriptedVectorStore script) {
    script.always(new Step.Refuse(new Unavailable("away")));
  }
}
