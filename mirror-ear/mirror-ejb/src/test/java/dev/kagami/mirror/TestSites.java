package dev.kagami.mirror;

import dev.kagami.core.AtTheRim;
import dev.kagami.core.clock.ExecutorScheduler;
import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.store.ScriptedVectorStore;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.mirror.MirrorConfiguration.Files;
import dev.kagami.mirror.MirrorConfiguration.MeshRules;
import dev.kagami.mirror.mesh.AddressRules;
import dev.kagami.mirror.mesh.AddressRules.Loopback;
import dev.kagami.mirror.mesh.HealthLimits;
import dev.kagami.mirror.mesh.InMemoryTargetRepository;
import dev.kagami.mirror.mesh.MeshSettings.Pace;
import dev.kagami.mirror.mesh.OwnNode;
import dev.kagami.mirror.mesh.Site;
import dev.kagami.mirror.replication.Mode;
import dev.kagami.transport.client.Address;
import dev.kagami.transport.client.ChannelPool;
import dev.kagami.transport.grpc.Eventually;
import dev.kagami.transport.peer.MeshSecret;
import io.grpc.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Sites of one mesh in this process, called ten times as often as in real life. */
@AtTheRim("real connections take real time")
final class TestSites implements AutoCloseable {
  private static final VectorSpace SPACE = new VectorSpace(4, Metric.L2);
  private static final HealthLimits LIMITS = new HealthLimits(2, Duration.ofMillis(200));
  private static final Pace PACE = new Pace(Duration.ofMillis(100), Duration.ofSeconds(2));

  private final Path secret;
  private final Path folder;
  private final ScheduledThreadPoolExecutor timers =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("test-timer").factory());
  private final ExecutorService blocking =
      Executors.newFixedThreadPool(2, Thread.ofPlatform().name("test-blocking-", 0).factory());
  private final Scheduler scheduler = new ExecutorScheduler(timers, InstantSource.system());
  private final ChannelPool channels = new ChannelPool();
  private final List<TestSite> running = new ArrayList<>();
  private final Map<String, InMemoryTargetRepository> repositories = new HashMap<>();

  TestSites(Path folder) {
    this.folder = folder;
    this.secret = folder.resolve("mesh.secret");
    try {
      java.nio.file.Files.writeString(secret, "the-secret-of-this-test\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  TestSite start(String name, int number, Address... targets) {
    var listen = freePort();
    var identity = new OwnNode.Identity(new Site(name, number), "mirror-1", listen, SPACE);
    var mesh =
        new MeshRules(
            Set.of(targets),
            new AddressRules(Loopback.ALLOWED),
            LIMITS,
            PACE,
            Mode.STRICT,
            Duration.ofDays(7),
            Duration.ZERO,
            Optional.empty());
    var files = new Files(folder.resolve(name), secret);
    return start(new MirrorConfiguration(identity, listen, freePort(), mesh, files), _ -> {});
  }

  /** Starts a closed site again, with its database. */
  TestSite restart(TestSite closed) {
    return restart(closed, _ -> {});
  }

  /** The same, with a gateway that plays a script from the first call on. */
  TestSite restart(TestSite closed, Consumer<ScriptedVectorStore> script) {
    return start(closed.configuration(), script);
  }

  private TestSite start(MirrorConfiguration configuration, Consumer<ScriptedVectorStore> script) {
    var repository =
        repositories.computeIfAbsent(
            configuration.identity().site().name(), _ -> new InMemoryTargetRepository());
    var site = new TestSite(configuration, repository, scheduler, blocking, script);
    running.add(site);
    return site;
  }

  private static Address freePort() {
    try (var port = new SilentPort()) {
      return port.address();
    }
  }

  /** A channel of somebody who does not know the secret. */
  Channel channel(Address address) {
    return channels.channel(address);
  }

  Channel peerChannel(Address address) {
    return MeshSecret.read(secret).attachTo(channels.channel(address));
  }

  void after(Duration delay, Runnable task) {
    scheduler.after(delay, task);
  }

  void await(BooleanSupplier condition) {
    Eventually.until(condition);
  }

  @Override
  public void close() {
    channels.close();
    running.forEach(TestSite::close);
    timers.shutdownNow();
    blocking.shutdown();
  }
}
