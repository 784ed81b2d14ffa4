package dev.kagami.cli.cluster;

import java.util.List;

/** All servers of a cluster at one moment. */
record ClusterStatus(List<Site> sites, List<ServerStatus> servers) {

  ClusterStatus {
    sites = List.copyOf(sites);
    servers = List.copyOf(servers);
  }

  /**
   * Asks every server that runs; a silent one takes a few seconds, all of them together no more.
   */
  static ClusterStatus of(Cluster cluster) {
    var servers = cluster.servers().parallelStream().map(ServerStatus::of).toList();
    return new ClusterStatus(cluster.sites(), servers);
  }

  List<ServerStatus> serversOf(Site site) {
    return servers.stream().filter(status -> status.server().site().equals(site)).toList();
  }
}
