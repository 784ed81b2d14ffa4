package dev.kagami.gateway.placement;

import static dev.kagami.gateway.placement.Answers.answer;
import static dev.kagami.gateway.placement.Answers.failure;
import static dev.kagami.gateway.placement.Answers.isOpen;
import static dev.kagami.gateway.placement.ClusterInMemory.description;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.error.ValdException.FailedPrecondition;
import dev.kagami.core.error.ValdException.Internal;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ForeignWriter;
import dev.kagami.core.store.Maintenance;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Neighbor;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.SearchOptions;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.SearchResult;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads over two holders of three agents, some of which are away or behind. */
class ReadTest {
  private static final VectorId ID = new VectorId("an-id");
  private static final Vector HERE = Vector.of(0, 0, 0, 0);
  private static final Vector FAR = Vector.of(9, 9, 9, 9);

  private final ClusterInMemory cluster = ClusterInMemory.started(3, 2);

  @BeforeEach
  void fill() {
    answer(apply(new Mutation.Insert(ID, HERE, WriteTime.UNSTAMPED)));
    answer(apply(new Mutation.Insert(new VectorId("b"), FAR, WriteTime.UNSTAMPED)));
  }

  @Test
  void oneHolderIsSilent_theOthersAreBelieved() {
    cluster.script(ID, 0).always(new Step.LoseRequest());
    var known = cluster.gateway.find(ID, CallContext.UNBOUNDED);
    isOpen(known);

    cluster.time.advance(HolderReads.PATIENCE);

    assertThat(answer(known).visible()).isPresent();
  }

  @Test
  void oneHolderIsAwayAndTheOtherHasNothing_nothingIsBelieved() {
    var unknown = unknownHeldBy(0, 1);
    cluster.script(ID, 0).always(new Step.Refuse(new Unavailable("away")));

    assertThat(answer(cluster.gateway.find(unknown, CallContext.UNBOUNDED)).newest()).isEmpty();
  }

  @Test
  void allHoldersAreAway_unavailableAndNeverNothing() {
    cluster.script(ID, 0).always(new Step.Refuse(new Unavailable("away")));
    cluster.script(ID, 1).always(new Step.LoseRequest());
    var stage = cluster.gateway.find(ID, CallContext.UNBOUNDED);

    cluster.time.advance(HolderReads.PATIENCE);

    assertThat(failure(stage).code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(failure(stage)).hasMessageContaining("away").hasMessageContaining("an-id");
  }

  @Test
  void holdersDiffer_newestOfAllAnswersCountsAndMarksToo() {
    answer(holderStore(1).apply(moved(FAR), CallContext.UNBOUNDED));
    var moved = answer(cluster.gateway.find(ID, CallContext.UNBOUNDED)).visible().orElseThrow();
    assertThat(moved.vector()).contains(FAR);

    answer(holderStore(0).revoke(new VoidMark(ID, moved.stamp()), CallContext.UNBOUNDED));
    assertThat(
            answer(cluster.gateway.find(ID, CallContext.UNBOUNDED))
                .visible()
                .orElseThrow()
                .vector())
        .contains(HERE);
  }

  @Test
  void staleReplicaIsNearer_newestVersionIsAnsweredAtItsOwnPlace() {
    answer(holderStore(1).apply(moved(FAR), CallContext.UNBOUNDED));

    var hits = answer(search(HERE, SearchOptions.nearest(5))).neighbors();

    assertThat(hits)
        .filteredOn(hit -> hit.id().equals(ID))
        .singleElement()
        .extracting(Neighbor::distance)
        .isEqualTo(18f);
  }

  @Test
  void agentIsSilent_searchAnswersWithTheOthersAtTheDeadline() {
    cluster.script(ID, 0).always(new Step.LoseRequest());
    var stage = search(HERE, SearchOptions.nearest(5));
    isOpen(stage);

    cluster.time.advance(BroadcastSearch.PATIENCE);

    var result = answer(stage);
    assertThat(result.neighbors()).hasSize(2);
    assertThat(result.answered()).isEqualTo(2);
    assertThat(result.asked()).isEqualTo(3);
  }

  @Test
  void agentHangs_costsOneTimeoutAndIsThenSparedUntilItAnswers() {
    int hung = cluster.holder(ID, 0);
    cluster.scripts.get(hung).always(new Step.LoseRequest());
    cluster.nodes.get(hung).isDown();
    search(HERE, SearchOptions.nearest(5));
    cluster.time.advance(BroadcastSearch.PATIENCE);
    int asked = cluster.scripts.get(hung).calls(Call.SEARCH);

    var spared = search(HERE, SearchOptions.nearest(5));

    assertThat(answer(spared).answered()).as("at once").isEqualTo(2);
    assertThat(answer(cluster.gateway.find(ID, CallContext.UNBOUNDED)).visible()).isPresent();
    assertThat(cluster.scripts.get(hung).calls(Call.SEARCH)).isEqualTo(asked);

    cluster.scripts.get(hung).pass();
    cluster.nodes.get(hung).says(description("agent-" + (hung + 1), Stamp.NONE));
    cluster.time.advance(AgentPool.INTERVAL.plus(AgentPool.PATIENCE));
    assertThat(answer(search(HERE, SearchOptions.nearest(5))).answered()).isEqualTo(3);
  }

  @Test
  void agentIsStartedAnew_isReadAsBefore() {
    cluster.nodes.getFirst().says(description("agent-1", Stamp.NONE).withRun(2));

    cluster.time.advance(AgentPool.INTERVAL);

    assertThat(answer(search(HERE, SearchOptions.nearest(5))).answered()).isEqualTo(3);
  }

  @Test
  void impatientClients_makeNoAgentSuspect() {
    cluster.script(ID, 0).next(Call.SEARCH, new Step.LoseRequest());
    search(HERE, new SearchOptions(5, -1, 0, 0, 0, Duration.ofMillis(1)));

    cluster.time.advance(Duration.ofMillis(1));

    assertThat(answer(search(HERE, SearchOptions.nearest(5))).answered()).isEqualTo(3);
  }

  @Test
  void timeoutOfTheQueryIsShorter_itCounts() {
    cluster.script(ID, 0).always(new Step.LoseRequest());
    var half = Duration.ofMillis(500);
    var stage = search(HERE, new SearchOptions(5, -1, 0, 0, 0, half));

    cluster.time.advance(half);

    assertThat(answer(stage).answered()).isEqualTo(2);
  }

  @Test
  void allAgentsAreSilent_deadlineExceeded() {
    cluster.scripts.forEach(script -> script.always(new Step.LoseRequest()));
    var stage = search(HERE, SearchOptions.nearest(5));

    cluster.time.advance(BroadcastSearch.PATIENCE);

    assertThat(failure(stage).code()).isEqualTo(Code.DEADLINE_EXCEEDED);
  }

  @Test
  void noAgentIsMet_unavailableNamingAllOfThem() {
    var unmet = new ClusterInMemory(2, 1);

    var failure =
        failure(unmet.gateway.search(near(HERE, SearchOptions.nearest(1)), CallContext.UNBOUNDED));

    assertThat(failure.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("agent-1").hasMessageContaining("agent-2");
  }

  @Test
  void minNumIsAsked_isJudgedAfterTheMergeOnly() {
    var atLeast = new SearchOptions(5, -1, 0, 0, 2, Duration.ZERO);
    assertThat(answer(search(HERE, atLeast)).neighbors()).hasSize(2);

    var tooMany = new SearchOptions(5, -1, 0, 0, 3, Duration.ZERO);
    assertThat(failure(search(HERE, tooMany)).code()).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void searchByIdWhoseHoldersAreAway_unavailable() {
    cluster.script(ID, 0).always(new Step.Refuse(new Unavailable("away")));
    cluster.script(ID, 1).always(new Step.Refuse(new Unavailable("away")));
    var byId =
        new SearchQuery(
            new SearchQuery.Subject.OfId(ID), SearchQuery.Method.GRAPH, SearchOptions.nearest(1));

    assertThat(failure(cluster.gateway.search(byId, CallContext.UNBOUNDED)).code())
        .isEqualTo(Code.UNAVAILABLE);
  }

  @Test
  void searchByIdAndOneHolderIsSilent_answersByTheSameDeadline() {
    cluster.script(ID, 0).always(new Step.LoseRequest());
    var byId =
        new SearchQuery(
            new SearchQuery.Subject.OfId(ID), SearchQuery.Method.GRAPH, SearchOptions.nearest(5));
    var stage = cluster.gateway.search(byId, CallContext.UNBOUNDED);

    cluster.time.advance(BroadcastSearch.PATIENCE);

    assertThat(answer(stage).neighbors()).hasSize(2);
  }

  @Test
  void agentIsAway_indexInfoCountsTheOthers() {
    cluster.script(ID, 0).next(Call.INDEX_INFO, new Step.Refuse(new Unavailable("away")));
    var all = answer(cluster.gateway.indexInfo(CallContext.UNBOUNDED));
    var again = answer(cluster.gateway.indexInfo(CallContext.UNBOUNDED));

    assertThat(again.stored() + again.uncommitted()).isEqualTo(4);
    assertThat(all.stored() + all.uncommitted()).isLessThan(4);
  }

  @Test
  void allAgentsAreAway_indexInfoIsUnavailable() {
    cluster.scripts.forEach(script -> script.always(new Step.Refuse(new Unavailable("away"))));

    assertThat(failure(cluster.gateway.indexInfo(CallContext.UNBOUNDED)).code())
        .isEqualTo(Code.UNAVAILABLE);
  }

  @Test
  void someAgentsHaveNothingToDo_maintenanceIsDone() {
    var nothing = new Step.Refuse(new FailedPrecondition("nothing to do"));
    cluster.scripts.get(0).next(Call.MAINTAIN, nothing);
    cluster.scripts.get(1).next(Call.MAINTAIN, nothing);

    answer(maintain());

    cluster.scripts.forEach(script -> script.next(Call.MAINTAIN, nothing));
    assertThat(failure(maintain()).code()).isEqualTo(Code.FAILED_PRECONDITION);
  }

  @Test
  void agentFailsItsMaintenance_isNamed() {
    cluster.scripts.get(0).next(Call.MAINTAIN, new Step.Refuse(new FailedPrecondition("nothing")));
    cluster.scripts.get(1).next(Call.MAINTAIN, new Step.Refuse(new Internal("disk", null)));

    var failure = failure(maintain());

    assertThat(failure.code()).isEqualTo(Code.INTERNAL);
    assertThat(failure).hasMessageContaining("agent-2: disk");
  }

  private CompletionStage<Void> maintain() {
    return cluster.gateway.maintain(Maintenance.SAVE_INDEX, CallContext.UNBOUNDED);
  }

  private CompletionStage<?> apply(Mutation mutation) {
    return cluster.gateway.apply(mutation, CallContext.UNBOUNDED);
  }

  private CompletionStage<SearchResult> search(Vector vector, SearchOptions options) {
    return cluster.gateway.search(near(vector, options), CallContext.UNBOUNDED);
  }

  private static SearchQuery near(Vector vector, SearchOptions options) {
    return new SearchQuery(
        new SearchQuery.Subject.OfVector(vector), SearchQuery.Method.LINEAR, options);
  }

  private VectorStore holderStore(int rank) {
    return cluster.stores.get(cluster.holder(ID, rank));
  }

  /** A newer version that another site stamped and that only one replica has. */
  private Mutation moved(Vector where) {
    return new Mutation.Upsert(ID, where, stampedElsewhere()).unconditional();
  }

  private WriteTime stampedElsewhere() {
    cluster.time.advance(Duration.ofMillis(1));
    return new ForeignWriter(new WriterNumber(2, 1), cluster.time).now();
  }

  private VectorId unknownHeldBy(int... ranks) {
    for (int i = 0; ; i++) {
      var id = new VectorId("unknown-" + i);
      boolean same = true;
      for (int rank : ranks) {
        same &= cluster.holder(id, rank) == cluster.holder(ID, rank);
      }
      if (same) {
        return id;
      }
    }
  }
}
