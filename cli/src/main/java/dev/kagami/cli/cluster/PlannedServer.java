package dev.kagami.cli.cluster;

import dev.kagami.cli.liberty.ServerDefinition;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * A server as {@link SiteServers} planned it.
 *
 * @param roles what it hosts; several agents count as one role
 */
record PlannedServer(Set<Role> roles, ServerDefinition definition) {

  PlannedServer {
    roles = Collections.unmodifiableSet(EnumSet.copyOf(roles));
  }
}
