package dev.kagami.cli.cluster;

import dev.kagami.cli.liberty.Port;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A site's name and where its processes listen.
 *
 * @param index 0 for site A
 * @param basePort of the site itself
 * @param agents how many
 */
public record Site(int index, int basePort, int agents) {

  /** Ports kept free for each site. */
  static final int PORTS = 100;

  /** Of the HTTP port of the last agent a site can have. */
  static final int HIGHEST_OFFSET = 50;

  /** All sites of a cluster, A first. */
  static List<Site> all(ClusterSettings settings) {
    var topology = settings.topology();
    return IntStream.range(0, topology.sites())
        .mapToObj(k -> new Site(k, settings.basePort() + PORTS * k, topology.agents()))
        .toList();
  }

  /** A, B, C, ... */
  public String name() {
    return String.valueOf((char) ('A' + index));
  }

  /** Counted from 1; what the applications call the site's number. */
  public int number() {
    return index + 1;
  }

  /** The mirror's REST, the console, the health of a site in one server. */
  public Port mirrorHttp() {
    return port(0, "mirror HTTP");
  }

  public Port mirrorGrpc() {
    return port(1, "mirror gRPC");
  }

  public Port gatewayGrpc() {
    return port(2, "gateway gRPC");
  }

  public Port gatewayHttp() {
    return port(3, "gateway HTTP");
  }

  /** Of the agent with this number, counted from 1. */
  public Port agentGrpc(int agent) {
    return port(10 + agent, agentName(agent) + " gRPC");
  }

  /** Of the agent with this number, counted from 1. */
  public Port agentHttp(int agent) {
    return port(30 + agent, agentName(agent) + " HTTP");
  }

  /** The numbers of its agents. */
  public IntStream agentNumbers() {
    return IntStream.rangeClosed(1, agents);
  }

  /** What the agent is called in its site. */
  public static String agentName(int agent) {
    return "agent-" + agent;
  }

  private Port port(int offset, String purpose) {
    return new Port(basePort + offset, purpose + " of site " + name());
  }
}
