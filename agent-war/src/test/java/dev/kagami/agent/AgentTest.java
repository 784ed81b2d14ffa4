package dev.kagami.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.agent.AgentConfiguration.LogSettings;
import dev.kagami.agent.index.AgentIdentity;
import dev.kagami.agent.index.IndexSettings;
import dev.kagami.agent.log.Durability;
import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Maintenance;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Neighbor;
import dev.kagami.core.store.Node;
import dev.kagami.core.store.SearchOptions;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.transport.client.Address;
import dev.kagami.transport.client.ChannelPool;
import dev.kagami.transport.client.RemoteNode;
import dev.kagami.transport.client.RemoteVectorStore;
import dev.kagami.transport.grpc.ServerSettings;
import dev.kagami.transport.grpc.ValdServer;
import dev.kagami.transport.grpc.ValdServices;
import dev.kagami.transport.peer.MeshSecret;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole agent, asked over gRPC, with its log on disk. */
class AgentTest {
  private static final VectorSpace SPACE = new VectorSpace(3, Metric.L2);
  private static final MeshSecret SECRET = MeshSecret.of("a secret of tests".replace(' ', '-'));
  private static final VectorId ID = new VectorId("an-id");
  private static final Vector VECTOR = Vector.of(1, 2, 3);

  @TempDir private Path data;

  private final ControlledScheduler time = new ControlledScheduler();

  @Test
  void agentIsRestarted_writesAreStillThere() throws Exception {
    try (var agent = new Running()) {
      await(agent.store.apply(new Mutation.Insert(ID, VECTOR, WriteTime.UNSTAMPED), user()));
      await(
          agent.store.apply(
              new Mutation.Insert(new VectorId("gone"), VECTOR, WriteTime.UNSTAMPED), user()));
      await(
          agent.store.apply(
              new Mutation.Remove(new VectorId("gone"), WriteTime.UNSTAMPED), user()));
    }

    try (var agent = new Running()) {
      var nearest = SearchOptions.nearest(10);
      var query =
          new SearchQuery(
              new SearchQuery.Subject.OfVector(VECTOR), SearchQuery.Method.GRAPH, nearest);
      var hits = await(agent.store.search(query, user())).neighbors();

      assertThat(hits).extracting(Neighbor::id).containsExactly(ID);
      assertThat(hits.getFirst().distance()).isZero();
      var vector = await(agent.store.find(ID, user())).visible().orElseThrow().vector();
      assertThat(vector).contains(VECTOR);
    }
  }

  @Test
  void agentSavedItsIndex_restartFindsItThereAndInTheLog() throws Exception {
    try (var agent = new Running()) {
      await(agent.store.apply(new Mutation.Insert(ID, VECTOR, WriteTime.UNSTAMPED), user()));
      await(agent.store.maintain(Maintenance.SAVE_INDEX, user()));
      var later = new Mutation.Insert(new VectorId("later"), VECTOR, WriteTime.UNSTAMPED);
      await(agent.store.apply(later, user()));
    }

    try (var agent = new Running()) {
      assertThat(await(agent.store.find(ID, user())).visible().orElseThrow().vector())
          .contains(VECTOR);
      assertThat(await(agent.store.find(new VectorId("later"), user())).visible()).isPresent();
      assertThat(agent.agent.index().fault()).isEmpty();
    }
  }

  @Test
  void agentIsReadOnly_writesAreRefusedAndUndosPass() throws Exception {
    try (var agent = new Running()) {
      var stamp = new Stamp(WriterNumber.MAX_SITE << 6 | 1);
      var insert = new Mutation.Insert(ID, VECTOR, WriteTime.UNSTAMPED.stamped(stamp));
      await(agent.store.apply(insert, peer()));

      agent.agent.index().setReadOnly(true);

      var update = new Mutation.Update(ID, Vector.of(3, 2, 1), WriteTime.UNSTAMPED);
      assertThatThrownBy(() -> await(agent.store.apply(update, user())))
          .hasCauseInstanceOf(Unavailable.class)
          .hasMessageContaining("agent-1 is read-only");
      await(agent.store.revoke(new VoidMark(ID, stamp), peer()));
      assertThat(await(agent.store.find(ID, user())).visible()).isEmpty();
      agent.agent.index().setReadOnly(false);
      assertThatThrownBy(() -> await(agent.store.apply(update, user())))
          .hasCauseInstanceOf(NotFound.class);
    }
  }

  @Test
  void agentIntroducesItself() throws Exception {
    try (var agent = new Running()) {
      await(agent.store.apply(new Mutation.Insert(ID, VECTOR, WriteTime.UNSTAMPED), user()));

      var description = await(agent.node.describe(peer()));

      assertThat(description.role()).isEqualTo(Node.Role.AGENT);
      assertThat(description.site()).isEqualTo("A");
      assertThat(description.siteNumber()).isEqualTo(2);
      assertThat(description.name()).isEqualTo("agent-1");
      assertThat(description.space()).isEqualTo(SPACE);
      assertThat(description.greatestStamp().writer()).isEqualTo(new WriterNumber(2, 0));
    }
  }

  private static CallContext user() {
    return CallContext.UNBOUNDED;
  }

  private static CallContext peer() {
    return new CallContext(CallContext.UNBOUNDED.deadline(), CallContext.Origin.PEER);
  }

  private static <R> R await(CompletionStage<R> stage)
      throws ExecutionException, InterruptedException, TimeoutException {
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  /** An agent with an open port, and a client of it. */
  private final class Running implements AutoCloseable {
    final Agent agent =
        new Agent(
            new AgentConfiguration(
                "A",
                new AgentIdentity("agent-1", List.of("127.0.0.1"), new WriterNumber(2, 0)),
                IndexSettings.of(SPACE),
                "127.0.0.1",
                0,
                data.resolve("secret"),
                new LogSettings(data.resolve("agent-1"), 4 << 20, Durability.FSYNC, 1 << 20)),
            time);
    final ValdServer server =
        new ValdServer(
            new ServerSettings("127.0.0.1", 0, Node.Role.AGENT, SECRET, time),
            ValdServices.agent(agent.store(), agent));
    final ChannelPool channels = new ChannelPool();
    final VectorStore store;
    final RemoteNode node;

    Running() {
      var channel = channels.channel(new Address("127.0.0.1", server.port()));
      this.store = new RemoteVectorStore(channel, "agent-1", SECRET, time);
      this.node = new RemoteNode(channel, "agent-1", SECRET, time);
    }

    @Override
    public void close() {
      channels.close();
      server.close();
      agent.close();
    }
  }
}
