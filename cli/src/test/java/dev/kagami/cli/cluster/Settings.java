package dev.kagami.cli.cluster;

/** Settings for tests. */
final class Settings {

  private Settings() {}

  static ClusterSettings with(int sites, int agents, int basePort) {
    return new ClusterSettings(
        new Topology(sites, agents, 1, false), new Space(4, "l2"), basePort, "1g");
  }

  static ClusterSettings inProcesses(int sites, int agents, int basePort) {
    return new ClusterSettings(
        new Topology(sites, agents, 1, true), new Space(4, "l2"), basePort, "1g");
  }
}
