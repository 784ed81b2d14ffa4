package dev.kagami.cli.cluster;

import dev.kagami.cli.liberty.Port;
import dev.kagami.cli.liberty.Ports;
import dev.kagami.cli.liberty.ServerDefinition;
import dev.kagami.cli.liberty.ServerFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Which servers a site has, what each hosts, and their files. */
final class SiteServers {

  private final Site site;
  private final RoleSettings settings;
  private final String heap;

  SiteServers(RoleSettings settings) {
    this.site = settings.site();
    this.settings = settings;
    this.heap = settings.cluster().heap();
  }

  /** One for the whole site, or one for each role: agents, gateway, mirror, as each needs them. */
  List<PlannedServer> plan() {
    return settings.cluster().topology().processes() ? oneForEachRole() : List.of(allInOne());
  }

  private List<PlannedServer> oneForEachRole() {
    var servers = new ArrayList<PlannedServer>();
    site.agentNumbers().forEach(n -> servers.add(agent(n)));
    servers.add(
        alone(Role.GATEWAY, "gateway", site.gatewayHttp(), site.gatewayGrpc(), settings.gateway()));
    servers.add(
        alone(Role.MIRROR, "mirror", site.mirrorHttp(), site.mirrorGrpc(), settings.mirror()));
    return servers;
  }

  private PlannedServer agent(int agent) {
    return alone(
        Role.AGENT,
        Site.agentName(agent),
        site.agentHttp(agent),
        site.agentGrpc(agent),
        settings.agent(agent));
  }

  private PlannedServer alone(
      Role role, String name, Port http, Port grpc, Map<String, String> roleSettings) {
    var server = site.name() + "-" + name;
    var bootstrap = bootstrap(http);
    bootstrap.putAll(roleSettings);
    var files =
        new ServerFiles(
            new ServerXml(server, role.word() + ".xml").toString(),
            bootstrap,
            role == Role.AGENT ? JvmOptions.withAgents(heap) : JvmOptions.withoutAgents(),
            List.of(role.application()));
    var ports = new Ports(http, List.of(grpc), List.of());
    return new PlannedServer(EnumSet.of(role), new ServerDefinition(server, ports, files));
  }

  private PlannedServer allInOne() {
    var xml = new ServerXml(site.name(), "all-in-one.xml");
    var grpc = new ArrayList<>(List.of(site.mirrorGrpc(), site.gatewayGrpc()));
    var otherHttp = new ArrayList<>(List.of(site.gatewayHttp()));
    for (var n : site.agentNumbers().toArray()) {
      xml.addAgent(Site.agentName(n), site.agentHttp(n), settings.agent(n));
      grpc.add(site.agentGrpc(n));
      otherHttp.add(site.agentHttp(n));
    }
    var bootstrap = bootstrap(site.mirrorHttp());
    bootstrap.put("gateway.http.port", String.valueOf(site.gatewayHttp().number()));
    bootstrap.putAll(settings.gateway());
    bootstrap.putAll(settings.mirror());
    var applications = Arrays.stream(Role.values()).map(Role::application).toList();
    var files =
        new ServerFiles(xml.toString(), bootstrap, JvmOptions.withAgents(heap), applications);
    var ports = new Ports(site.mirrorHttp(), grpc, otherHttp);
    return new PlannedServer(
        EnumSet.allOf(Role.class), new ServerDefinition(site.name(), ports, files));
  }

  private SequencedMap<String, String> bootstrap(Port http) {
    var bootstrap = new LinkedHashMap<String, String>();
    bootstrap.put("http.host", Port.HOST);
    bootstrap.put("http.port", String.valueOf(http.number()));
    bootstrap.putAll(settings.common());
    return bootstrap;
  }
}
