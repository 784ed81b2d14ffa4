package dev.kagami.cli.cluster;

import dev.kagami.cli.liberty.Port;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The status as programs read it. Only what runs is among {@code processes}; {@code mirror}, {@code
 * gateway} and {@code agents} are gRPC addresses.
 */
record StatusJson(ClusterStatus status) {

  String text() {
    return Json.text(Map.of("sites", status.sites().stream().map(this::site).toList()));
  }

  private Map<String, Object> site(Site site) {
    var servers = status.serversOf(site);
    var json = new LinkedHashMap<String, Object>();
    json.put("name", site.name());
    json.put("mirror", site.mirrorGrpc().address());
    json.put("gateway", site.gatewayGrpc().address());
    json.put("agents", site.agentNumbers().mapToObj(n -> site.agentGrpc(n).address()).toList());
    json.put("http", site.mirrorHttp().url());
    json.put(
        "processes", servers.stream().filter(StatusJson::runs).map(StatusJson::process).toList());
    json.put("stopped", servers.stream().filter(s -> !runs(s)).map(ServerStatus::name).toList());
    return json;
  }

  private static boolean runs(ServerStatus status) {
    return status.pid().isPresent();
  }

  private static Map<String, Object> process(ServerStatus status) {
    var liberty = status.server().liberty();
    var json = new LinkedHashMap<String, Object>();
    json.put("pid", status.pid().getAsLong());
    json.put("roles", roles(status));
    json.put("server", status.name());
    json.put("ready", status.state() == ServerStatus.State.READY);
    json.put("health", liberty.ports().health().url() + "/health");
    json.put("grpc", liberty.ports().grpc().stream().map(Port::address).toList());
    json.put("log", liberty.log().file().toString());
    return json;
  }

  private static List<String> roles(ServerStatus status) {
    return status.server().roles().stream().map(Role::word).toList();
  }
}
