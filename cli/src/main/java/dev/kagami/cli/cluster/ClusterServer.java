package dev.kagami.cli.cluster;

import dev.kagami.cli.liberty.LibertyServer;
import java.util.Set;

/** A server of a cluster, running or not. */
record ClusterServer(Site site, Set<Role> roles, LibertyServer liberty) {}
