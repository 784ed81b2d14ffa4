package dev.kagami.gateway.discovery;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.transport.client.Address;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.vdaas.vald.api.v1.discoverer.DiscovererGrpc;
import org.vdaas.vald.api.v1.payload.Discoverer;
import org.vdaas.vald.api.v1.payload.Info;

/**
 * Agents that a {@code discoverer.v1.Discoverer} knows, Vald's or one of ours; its {@code Nodes}
 * are asked for again and again. An answer without any agent is taken for a failure, as by Vald.
 */
final class DiscovererAgents implements AgentSource {
  private static final Logger LOG = System.getLogger(DiscovererAgents.class.getName());
  private static final long PATIENCE_SECONDS = 2;

  private final Discovery.FromDiscoverer settings;
  private final Channel channel;
  private final Scheduler scheduler;
  private volatile boolean closed;

  // one answer is awaited at a time
  private volatile boolean failed;

  DiscovererAgents(Discovery.FromDiscoverer settings, Channel channel, Scheduler scheduler) {
    this.settings = settings;
    this.channel = channel;
    this.scheduler = scheduler;
  }

  @Override
  public void start(Consumer<List<Sighting>> watcher) {
    if (closed) {
      return;
    }
    DiscovererGrpc.newStub(channel)
        .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .nodes(
            Discoverer.Request.newBuilder()
                .setName(settings.agents())
                .setNamespace(settings.namespace())
                .setNode(settings.node())
                .build(),
            new Answer(watcher));
  }

  private final class Answer implements StreamObserver<Info.Nodes> {
    private final Consumer<List<Sighting>> watcher;

    Answer(Consumer<List<Sighting>> watcher) {
      this.watcher = watcher;
    }

    @Override
    public void onNext(Info.Nodes nodes) {
      var agents =
          PreferenceOrder.of(nodes).stream()
              .filter(pod -> !pod.getIp().isBlank())
              .map(DiscovererAgents.this::sighting)
              .toList();
      if (agents.isEmpty()) {
        fail("it knows no agent " + settings.agents());
      } else {
        failed = false;
        watcher.accept(agents);
      }
    }

    @Override
    public void onError(Throwable failure) {
      fail(failure.getMessage());
      again();
    }

    @Override
    public void onCompleted() {
      again();
    }

    private void again() {
      scheduler.after(settings.interval(), () -> start(watcher));
    }
  }

  private void fail(String why) {
    if (!failed) {
      LOG.log(Level.WARNING, "the discoverer {0} is of no use: {1}", settings.address(), why);
    }
    failed = true;
  }

  private Sighting sighting(Info.Pod pod) {
    return new Sighting(
        new Address(pod.getIp(), settings.port()),
        Optional.empty(),
        pod.getNode().getName(),
        OptionalDouble.of(pod.getMemory().getUsage()));
  }

  @Override
  public void close() {
    closed = true;
  }
}
