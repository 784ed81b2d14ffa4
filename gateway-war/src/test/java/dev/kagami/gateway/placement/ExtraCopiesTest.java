package dev.kagami.gateway.placement;

import static dev.kagami.gateway.placement.Answers.answer;
import static dev.kagami.gateway.placement.Answers.failure;
import static dev.kagami.gateway.placement.ClusterInMemory.CLUSTER;
import static dev.kagami.gateway.placement.ClusterInMemory.SPACE;
import static dev.kagami.gateway.placement.ClusterInMemory.description;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ForeignWriter;
import dev.kagami.core.store.Head;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.KeptHeads;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.ScriptedVectorStore;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.Version;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Two agents should hold an id, and a third one does as well. */
class ExtraCopiesTest {
  private static final VectorId ID = new VectorId("an-id");
  private static final int REPLICAS = 2;
  private static final ExtraCopies.Acknowledgement UNASKED =
      (_, _, _) -> CompletableFuture.completedStage(true);

  private final ControlledScheduler time = new ControlledScheduler();
  private final ForeignWriter writer = new ForeignWriter(ClusterInMemory.WRITER, time);
  private final Map<String, InMemoryVectorStore> stores = new LinkedHashMap<>();
  private final Map<String, ScriptedVectorStore> scripts = new LinkedHashMap<>();
  private final Agent one = agent("one");
  private final Agent two = agent("two");
  private final Agent extra = agent("extra");
  private final AgentPool pool =
      new AgentPool(List.of(one, two, extra), CLUSTER, time, (_, _) -> {});
  private final Mutation write = new Mutation.Insert(ID, Vector.of(1, 2, 3, 4), writer.now());

  private Agent agent(String name) {
    var store = new InMemoryVectorStore(name, SPACE, new WriterNumber(1, WriterNumber.AGENT), time);
    var script = new ScriptedVectorStore(store);
    stores.put(name, store);
    scripts.put(name, script);
    var said = description(name, Stamp.NONE);
    var agent = new Agent(name, name, script, new ScriptedNode(said));
    agent.become(AgentStatus.UNMET.ready(said), Instant.EPOCH);
    return agent;
  }

  @Test
  void bothHaveIt_theThirdDropsItsCopy() {
    List.of(one, two, extra).forEach(agent -> has(agent, write));
    var copies = extraCopies(ExtraCopies::storedAgain);

    answer(copies.drop(found()));

    assertThat(copies.dropped()).isEqualTo(1);
    assertThat(visibleAt(extra)).isEmpty();
    assertThat(visibleAt(one)).contains(write.version());
    assertThat(visibleAt(two)).contains(write.version());
  }

  @Test
  void oneOfThemHadNotYetGotItToDisk_theCopyStays() {
    oneCrashes(ExtraCopies::storedAgain);
  }

  @Test
  void dropsWithoutAcknowledgements_isNoticed() {
    assertThatThrownBy(() -> oneCrashes(UNASKED)).isInstanceOf(AssertionError.class);
  }

  /** It told of the version, and came back from its disk without it. */
  private void oneCrashes(ExtraCopies.Acknowledgement acknowledgement) {
    List.of(one, extra).forEach(agent -> has(agent, write));

    answer(extraCopies(acknowledgement).drop(found()));

    assertThat(visibleAt(extra)).as("a second good copy").contains(write.version());
  }

  @Test
  void oneOfThemHasANewerVersionMeanwhile_theCopyStays() {
    List.of(one, two, extra).forEach(agent -> has(agent, write));
    has(two, new Mutation.Update(ID, Vector.of(4, 3, 2, 1), writer.now()));

    answer(extraCopies(ExtraCopies::storedAgain).drop(found()));

    assertThat(visibleAt(extra)).contains(write.version());
  }

  @Test
  void itHasANewerVersionMeanwhile_nobodyElseGetsThatByThis() {
    List.of(one, two, extra).forEach(agent -> has(agent, write));
    var update = new Mutation.Update(ID, Vector.of(4, 3, 2, 1), writer.now());
    has(extra, update);

    answer(extraCopies(ExtraCopies::storedAgain).drop(found()));

    assertThat(visibleAt(extra)).contains(update.version());
    assertThat(visibleAt(one)).contains(write.version());
  }

  @Test
  void oneOfThemDoesNotAnswer_failsAndTheCopyStays() {
    List.of(one, two, extra).forEach(agent -> has(agent, write));
    scripts.get("two").next(Call.APPLY, new Step.Refuse(new Unavailable("it is away")));

    var drop = extraCopies(ExtraCopies::storedAgain).drop(found());

    assertThat(failure(drop).code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(visibleAt(extra)).contains(write.version());
  }

  @Test
  void fewerShouldHaveItThanThereAreCopies_theCopyStays() {
    List.of(one, two, extra).forEach(agent -> has(agent, write));
    var onlyOne = Diagnosis.of(ID, held(), List.of(one));

    answer(extraCopies(ExtraCopies::storedAgain).drop(List.of(onlyOne)));

    assertThat(visibleAt(two)).isPresent();
    assertThat(visibleAt(extra)).isPresent();
  }

  @Test
  void somethingIsTheMatterWithTheCluster_theCopyStays() {
    List.of(one, two, extra).forEach(agent -> has(agent, write));
    var fanout = new AgentFanout(pool, Placement.WIDE, time);
    var copies = new ExtraCopies(REPLICAS, () -> false, UNASKED, fanout, 1);

    answer(copies.drop(found()));

    assertThat(visibleAt(extra)).isPresent();
  }

  private ExtraCopies extraCopies(ExtraCopies.Acknowledgement acknowledgement) {
    return new ExtraCopies(
        REPLICAS, () -> true, acknowledgement, new AgentFanout(pool, Placement.WIDE, time), 1);
  }

  /** What was found when all of them told that they had it. */
  private List<Diagnosis> found() {
    return List.of(Diagnosis.of(ID, held(), List.of(one, two)));
  }

  private Map<Agent, KeptHeads> held() {
    Head head = write.version().head();
    var heads = new KeptHeads(ID, List.of(head), Collections.emptySortedSet());
    return Map.of(one, heads, two, heads, extra, heads);
  }

  private void has(Agent agent, Mutation version) {
    var store = stores.get(agent.name());
    apply(store.apply(version.unconditional(), CallContext.UNBOUNDED));
    apply(store.settle(version.time().stamp(), CallContext.UNBOUNDED));
  }

  private static void apply(CompletionStage<?> call) {
    assertThat(call).isCompleted();
  }

  private Optional<Version> visibleAt(Agent agent) {
    return answer(stores.get(agent.name()).find(ID, CallContext.UNBOUNDED)).visible();
  }
}
