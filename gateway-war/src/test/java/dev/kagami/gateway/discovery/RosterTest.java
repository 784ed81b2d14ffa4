package dev.kagami.gateway.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.Node;
import dev.kagami.core.store.Node.Description;
import dev.kagami.core.store.Node.Role;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.gateway.placement.Agent;
import dev.kagami.gateway.placement.AgentPool;
import dev.kagami.gateway.placement.AgentStatus.State;
import dev.kagami.gateway.placement.Cluster;
import dev.kagami.transport.client.Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RosterTest {
  private static final VectorSpace SPACE = new VectorSpace(4, Metric.L2);

  private final ControlledScheduler time = new ControlledScheduler();
  private final AgentPool pool =
      new AgentPool(1, 0, new Cluster("A", 1, SPACE), time, (_, _) -> {});

  /** Who is where; nobody answers at other addresses. */
  private final Map<String, Description> network = new HashMap<>();

  private final List<String> released = new ArrayList<>();

  private final Roster roster =
      new Roster(
          pool,
          new Connector() {
            @Override
            public Agent.Connection connect(Address address) {
              return connection(address.host());
            }

            @Override
            public void release(Address address) {
              released.add(address.host());
            }
          },
          time);

  private Agent.Connection connection(String host) {
    Node node =
        _ ->
            network.containsKey(host)
                ? CompletableFuture.completedStage(network.get(host))
                : CompletableFuture.failedStage(new Unavailable("connection refused"));
    var store = new InMemoryVectorStore(host, SPACE, new WriterNumber(1, WriterNumber.AGENT), time);
    return new Agent.Connection(host, store, node);
  }

  @BeforeEach
  void start() {
    pool.start();
  }

  private void is(String name, String host) {
    network.put(host, new Description(Role.AGENT, "A", 1, name, SPACE, Stamp.NONE));
  }

  private void see(String... hosts) {
    roster.see(Arrays.stream(hosts).map(host -> Sighting.at(new Address(host, 1))).toList());
  }

  private void passes() {
    time.advance(Duration.ofSeconds(2));
  }

  private String state() {
    return pool.agents().stream()
        .map(agent -> agent + "@" + agent.address() + " " + agent.status().state())
        .sorted()
        .toList()
        .toString();
  }

  @Test
  void addressesAreSeen_agentsAreAskedForTheirNames() {
    is("agent-1", "h1");
    is("agent-2", "h2");

    see("h1", "h2");

    assertThat(state()).isEqualTo("[agent-1@h1 READY, agent-2@h2 READY]");
    assertThat(roster.sighting("agent-2").orElseThrow().address().host()).isEqualTo("h2");
  }

  @Test
  void nobodyAnswersYet_isAskedAgain() {
    see("h1");
    assertThat(state()).isEqualTo("[]");

    is("agent-1", "h1");
    passes();

    assertThat(state()).isEqualTo("[agent-1@h1 READY]");
  }

  @Test
  void anotherKindOfProcessIsThere_isNoAgent() {
    network.put("h1", new Description(Role.MIRROR, "A", 1, "mirror", SPACE, Stamp.NONE));

    see("h1");
    passes();

    assertThat(state()).isEqualTo("[]");
  }

  @Test
  void agentIsSeenNoMore_vanishesAndIsStillKnown() {
    is("agent-1", "h1");
    is("agent-2", "h2");
    see("h1", "h2");

    see("h2");

    assertThat(state()).isEqualTo("[agent-1@h1 VANISHED, agent-2@h2 READY]");
    assertThat(released).containsExactly("h1");
    assertThat(roster.sighting("agent-1")).isEmpty();
  }

  @Test
  void agentComesBackElsewhere_isTheSame() {
    is("agent-1", "h1");
    see("h1");
    see();

    is("agent-1", "h9");
    see("h9");
    passes();

    assertThat(state()).isEqualTo("[agent-1@h9 READY]");
  }

  @Test
  void addressIsTakenOverByAnother_bothAreWhatTheyAre() {
    is("agent-1", "h1");
    see("h1");

    is("agent-2", "h1");
    passes();
    see("h1");
    passes();

    assertThat(pool.agent("agent-1").orElseThrow().status().state()).isEqualTo(State.VANISHED);
    assertThat(pool.agent("agent-2").orElseThrow().status().state()).isEqualTo(State.READY);
  }

  @Test
  void twoCallThemselvesTheSame_theFirstIsUsed() {
    is("agent-1", "h1");
    is("agent-1", "h2");

    see("h1", "h2");

    assertThat(state()).isEqualTo("[agent-1@h1 READY]");
  }

  @Test
  void listedAgents_areKnownBeforeTheyAnswer() {
    roster.see(List.of(Sighting.of("agent-1", new Address("h1", 1))));
    assertThat(state()).isEqualTo("[agent-1@h1 CONNECTING]");

    is("agent-2", "h1");
    passes();

    assertThat(state()).isEqualTo("[agent-1@h1 REFUSED]");
  }
}
