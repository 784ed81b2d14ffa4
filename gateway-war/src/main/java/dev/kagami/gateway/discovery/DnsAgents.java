package dev.kagami.gateway.discovery;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.transport.client.Address;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Agents behind one DNS name, such as a headless service: one for each of its A and AAAA records.
 */
final class DnsAgents implements AgentSource {
  private static final Logger LOG = System.getLogger(DnsAgents.class.getName());

  /** Asks the name system; may block. */
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  private final Discovery.Dns settings;
  private final Resolver resolver;
  private final Scheduler scheduler;
  private final Executor blocking;
  private volatile boolean closed;

  // of the thread that looks up; one look-up is scheduled by the one before
  private boolean failed;

  /**
   * @param blocking runs the look-ups
   */
  DnsAgents(Discovery.Dns settings, Resolver resolver, Scheduler scheduler, Executor blocking) {
    this.settings = settings;
    this.resolver = resolver;
    this.scheduler = scheduler;
    this.blocking = blocking;
  }

  @Override
  public void start(Consumer<List<Sighting>> watcher) {
    blocking.execute(() -> lookUp(watcher));
  }

  private void lookUp(Consumer<List<Sighting>> watcher) {
    if (closed) {
      return;
    }
    try {
      var found = resolver.resolve(settings.name());
      watcher.accept(Arrays.stream(found).map(this::sighting).sorted(BY_ADDRESS).toList());
      failed = false;
    } catch (UnknownHostException e) {
      if (!failed) {
        LOG.log(
            Level.WARNING,
            "agents are not found: {0} does not resolve: {1}",
            settings.name(),
            e.getMessage());
      }
      failed = true;
    }
    scheduler.after(settings.interval(), () -> blocking.execute(() -> lookUp(watcher)));
  }

  private static final java.util.Comparator<Sighting> BY_ADDRESS =
      java.util.Comparator.comparing(sighting -> sighting.address().toString());

  private Sighting sighting(InetAddress address) {
    return Sighting.at(new Address(address.getHostAddress(), settings.port()));
  }

  @Override
  public void close() {
    closed = true;
  }
}
