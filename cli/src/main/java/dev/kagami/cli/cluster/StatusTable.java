package dev.kagami.cli.cluster;

import dev.kagami.cli.liberty.Port;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The status as people read it. */
record StatusTable(ClusterStatus status) {

  String text() {
    return status.sites().stream().map(this::site).collect(Collectors.joining());
  }

  private String site(Site site) {
    var addresses =
        Stream.of(
            "  mirror   "
                + site.mirrorGrpc().address()
                + "  console, REST "
                + site.mirrorHttp().url(),
            "  gateway  " + site.gatewayGrpc().address() + "  REST " + site.gatewayHttp().url(),
            "  agents   " + agents(site));
    var servers = status.serversOf(site).stream().map(StatusTable::server);
    return Stream.of(Stream.of("Site " + site.name()), addresses, servers)
        .flatMap(lines -> lines)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String agents(Site site) {
    return site.agentNumbers()
        .mapToObj(site::agentGrpc)
        .map(Port::address)
        .collect(Collectors.joining(" "));
  }

  private static String server(ServerStatus status) {
    var process = status.pid().isPresent() ? ", process " + status.pid().getAsLong() : "";
    return "  server " + status.name() + ": " + status.state().word() + process;
  }
}
