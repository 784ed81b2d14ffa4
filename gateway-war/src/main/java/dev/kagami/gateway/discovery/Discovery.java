package dev.kagami.gateway.discovery;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.transport.client.Address;
import dev.kagami.transport.client.ChannelPool;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** How the agents are found, as configured. */
public sealed interface Discovery {

  /** By a list; it never changes. */
  record Listed(List<Sighting> agents) implements Discovery {
    public Listed {
      agents = List.copyOf(agents);
    }
  }

  /** By the addresses of a DNS name, all on the same port. */
  record Dns(String name, int port, Duration interval) implements Discovery {}

  /**
   * By a {@code discoverer.v1.Discoverer}.
   *
   * @param agents name that its agents go by
   * @param namespace of those agents; empty for any
   * @param node of those agents; empty for any
   * @param port of the agents
   */
  record FromDiscoverer(
      Address address, String agents, String namespace, String node, int port, Duration interval)
      implements Discovery {}

  /**
   * By the Kubernetes API.
   *
   * @param namespace empty for that of this pod
   * @param port of the agents
   */
  record Kubernetes(String namespace, Selection selection, int port) implements Discovery {}

  /** Which pods are agents. */
  sealed interface Selection {
    /** The ready ones with all of these labels. */
    record OfPods(Map<String, String> labels) implements Selection {
      public OfPods {
        labels = Map.copyOf(labels);
      }
    }

    /** The ready endpoints of a service. */
    record OfService(String name) implements Selection {}
  }

  /** Whether agents never come or go. */
  default boolean isFixed() {
    return this instanceof Listed;
  }

  /**
   * Makes the source, not started.
   *
   * @param blocking runs what may block
   */
  default AgentSource source(ChannelPool channels, Scheduler scheduler, Executor blocking) {
    return switch (this) {
      case Listed(var agents) -> new ListedAgents(agents);
      case Dns dns -> new DnsAgents(dns, InetAddress::getAllByName, scheduler, blocking);
      case FromDiscoverer from ->
          new DiscovererAgents(from, channels.channel(from.address()), scheduler);
      case Kubernetes kubernetes -> KubernetesAgents.inThisCluster(kubernetes, blocking);
    };
  }
}
