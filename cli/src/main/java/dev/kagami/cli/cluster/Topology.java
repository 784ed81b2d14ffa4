package dev.kagami.cli.cluster;

import dev.kagami.cli.WrongOption;

/**
 * How many processes of which role.
 *
 * @param sites 1 to 26, named A, B, C, ...
 * @param agents of each site, 1 to 20
 * @param replicas agents of a site that hold the same vector, 1 to {@code agents}
 * @param processes whether each role has a server of its own; else a site is one server
 */
public record Topology(int sites, int agents, int replicas, boolean processes) {

  private static final int MOST_SITES = 26;
  private static final int MOST_AGENTS = 20;

  public Topology {
    WrongOption.unlessWithin("--sites", sites, 1, MOST_SITES);
    WrongOption.unlessWithin("--agents", agents, 1, MOST_AGENTS);
    if (replicas < 1 || replicas > agents) {
      throw new WrongOption(
          "--replicas must be 1 to "
              + agents
              + ", the number of agents that can hold a copy (--agents), not "
              + replicas
              + ".");
    }
  }
}
