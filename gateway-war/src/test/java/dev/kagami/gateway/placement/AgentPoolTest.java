package dev.kagami.gateway.placement;

import static dev.kagami.gateway.placement.Answers.answer;
import static dev.kagami.gateway.placement.Answers.failure;
import static dev.kagami.gateway.placement.Answers.isOpen;
import static dev.kagami.gateway.placement.ClusterInMemory.SPACE;
import static dev.kagami.gateway.placement.ClusterInMemory.description;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.error.ValdException.PermissionDenied;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.IndexInfo;
import dev.kagami.core.store.Node.Description;
import dev.kagami.core.store.Node.Role;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AgentPoolTest {
  private final ClusterInMemory cluster = new ClusterInMemory(2, 1);
  private final Agent second = cluster.pool.agents().getLast();

  @Test
  void agentsFit_allAreReadyAndThePoolIsComplete() {
    isOpen(cluster.pool.complete());

    cluster.pool.start();

    assertThat(cluster.pool.agents())
        .allSatisfy(agent -> assertThat(agent.status().state()).isEqualTo(AgentStatus.State.READY));
    answer(cluster.pool.complete());
    assertThat(cluster.stateChanges)
        .containsExactly("agent-1: CONNECTING -> READY", "agent-2: CONNECTING -> READY");
  }

  static Stream<Arguments> misfits() {
    return Stream.of(
        misfit(
            new Description(Role.MIRROR, "A", 1, "agent-2", SPACE, Stamp.NONE), "role is MIRROR"),
        misfit(
            new Description(Role.AGENT, "A", 1, "agent-3", SPACE, Stamp.NONE), "name is agent-3"),
        misfit(new Description(Role.AGENT, "B", 1, "agent-2", SPACE, Stamp.NONE), "site is B"),
        misfit(
            new Description(Role.AGENT, "A", 2, "agent-2", SPACE, Stamp.NONE), "site number is 2"),
        misfit(
            new Description(
                Role.AGENT, "A", 1, "agent-2", new VectorSpace(5, Metric.L2), Stamp.NONE),
            "dimension is 5, expected is 4"),
        misfit(
            new Description(
                Role.AGENT, "A", 1, "agent-2", new VectorSpace(4, Metric.COSINE), Stamp.NONE),
            "distance is COSINE"));
  }

  private static Arguments misfit(Description said, String why) {
    return Arguments.of(said, why);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("misfits")
  void agentDoesNotFit_isNotUsedAndNamedUntilItDoes(Description said, String why) {
    cluster.nodes.getLast().says(said);
    cluster.start();

    assertThat(second.status().state()).isEqualTo(AgentStatus.State.REFUSED);
    assertThat(second.status().lastError()).contains(why);
    assertThat(cluster.stateChanges).contains("agent-2: CONNECTING -> REFUSED");
    assertThat(failure(second.ask(store -> store.indexInfo(CallContext.UNBOUNDED))))
        .hasMessageContaining("agent-2 at host:1")
        .hasMessageContaining(why);
    isOpen(cluster.pool.complete());

    cluster.nodes.getLast().says(description("agent-2", Stamp.NONE));
    cluster.time.advance(AgentPool.INTERVAL);

    assertThat(second.status().state()).isEqualTo(AgentStatus.State.READY);
    assertThat(second.status().lastError()).as("of the last time").contains(why);
    answer(cluster.pool.complete());
    assertThat(cluster.scripts.getLast().calls(Call.INDEX_INFO)).isZero();
  }

  @Test
  void agentIsDownAtFirst_isAskedAgainUntilItAnswers() {
    cluster.nodes.getLast().isDown();
    cluster.pool.start();
    cluster.time.advance(AgentPool.INTERVAL.multipliedBy(3));
    assertThat(second.status().state()).isEqualTo(AgentStatus.State.CONNECTING);
    assertThat(second.status().lastError()).contains("connection refused");
    assertThat(cluster.stateChanges)
        .as("told once")
        .containsOnlyOnce("agent-2: CONNECTING -> CONNECTING");

    cluster.nodes.getLast().says(description("agent-2", Stamp.NONE));
    cluster.time.advance(AgentPool.INTERVAL);

    assertThat(second.status().state()).isEqualTo(AgentStatus.State.READY);
  }

  @Test
  void agentRefusesToIntroduceItself_isNamedWithItsReason() {
    cluster.nodes.getLast().refuses(new PermissionDenied("kagami-mesh is wrong"));
    cluster.pool.start();

    assertThat(second.status().state()).isEqualTo(AgentStatus.State.REFUSED);
    assertThat(second.status().lastError()).contains("kagami-mesh is wrong");
    assertThat(cluster.stateChanges).contains("agent-2: CONNECTING -> REFUSED");
  }

  @Test
  void agentFallsSilent_isShownButStillAsked() {
    cluster.pool.start();

    cluster.nodes.getLast().isDown();
    cluster.time.advance(AgentPool.INTERVAL);

    assertThat(second.status().state()).isEqualTo(AgentStatus.State.SILENT);
    var info = answer(second.ask(store -> store.indexInfo(CallContext.UNBOUNDED)));
    assertThat(info).isEqualTo(IndexInfo.EMPTY);
  }

  @Test
  void agentComesBackAsAnother_isNoLongerUsed() {
    cluster.pool.start();

    cluster
        .nodes
        .getLast()
        .says(
            new Description(
                Role.AGENT, "A", 1, "agent-2", new VectorSpace(5, Metric.L2), Stamp.NONE));
    cluster.time.advance(AgentPool.INTERVAL);

    var failure = failure(second.ask(store -> store.indexInfo(CallContext.UNBOUNDED)));
    assertThat(failure.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(cluster.stateChanges).contains("agent-2: READY -> REFUSED");
  }

  @Test
  void poolIsClosed_nobodyIsAskedAnyMore() {
    cluster.pool.start();

    cluster.pool.close();
    cluster.time.advance(AgentPool.INTERVAL.multipliedBy(5));

    assertThat(cluster.time.pending()).isZero();
  }
}
