package dev.kagami.gateway.indexing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ValdException.FailedPrecondition;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.IndexInfo;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vdaas.vald.api.v1.agent.core.AgentGrpc;
import org.vdaas.vald.api.v1.payload.Control;
import org.vdaas.vald.api.v1.payload.Empty;
import org.vdaas.vald.api.v1.payload.Info;
import org.vdaas.vald.api.v1.vald.IndexGrpc;

/** An agent in the shape of Vald's, which knows none of our own services. */
class RemoteIndexedAgentTest {
  private final List<String> calls = new ArrayList<>();
  private Server server;
  private ManagedChannel channel;
  private RemoteIndexedAgent agent;

  @BeforeEach
  void start() throws IOException {
    var name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(
                new AgentGrpc.AgentImplBase() {
                  @Override
                  public void createIndex(
                      Control.CreateIndexRequest request, StreamObserver<Empty> answers) {
                    calls.add("create " + request.getPoolSize());
                    answers.onNext(Empty.getDefaultInstance());
                    answers.onCompleted();
                  }

                  @Override
                  public void saveIndex(Empty request, StreamObserver<Empty> answers) {
                    answers.onError(
                        Status.FAILED_PRECONDITION.withDescription("no change").asException());
                  }
                })
            .addService(
                new IndexGrpc.IndexImplBase() {
                  @Override
                  public void indexInfo(Empty request, StreamObserver<Info.Index.Count> answers) {
                    answers.onNext(
                        Info.Index.Count.newBuilder()
                            .setStored(7)
                            .setUncommitted(3)
                            .setIndexing(true)
                            .build());
                    answers.onCompleted();
                  }
                })
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    agent = new RemoteIndexedAgent("vald-agent-0", channel);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void agentIsAsked_byValdsOwnRpcs() {
    assertThat(agent.info().toCompletableFuture().join())
        .isEqualTo(new IndexInfo(7, 3, true, false));
    agent.createIndex(16).toCompletableFuture().join();

    assertThat(calls).containsExactly("create 16");
  }

  @Test
  void nothingToSave_isToldAsThat() {
    assertThat(agent.saveIndex().toCompletableFuture())
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(FailedPrecondition.class);
  }

  @Test
  void agentIsAway_isUnavailableByName() {
    server.shutdownNow();

    assertThat(agent.info().toCompletableFuture())
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(Unavailable.class)
        .withMessageContaining("vald-agent-0");
  }
}
