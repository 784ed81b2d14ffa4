package dev.kagami.cli.cluster;

import dev.kagami.cli.CommandFailure;

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
    requireWithin("--sites", sites, MOST_SITES);
    requireWithin("--agents", agents, MOST_AGENTS);
    if (replicas < 1 || replicas > agents) {
      throw new CommandFailure(
          "--replicas "
              + replicas
              + " is impossible: each copy needs an agent of its own, and there are "
              + agents
              + " (--agents).");
    }
  }

  private static void requireWithin(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw new CommandFailure(option + " must be 1 to " + most + ", not " + value + ".");
    }
  }
}
