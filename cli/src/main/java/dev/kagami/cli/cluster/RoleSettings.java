package dev.kagami.cli.cluster;

import dev.kagami.cli.liberty.Port;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * What the applications of a site are told, by MicroProfile Config. The names are read by the
 * applications' producers of settings: change both together.
 *
 * @param data the data directory of the cluster
 * @param firstMirror the gRPC port of site A's mirror, which the other mirrors register with
 */
record RoleSettings(Site site, ClusterSettings cluster, Path data, Port firstMirror) {

  /** For every role. */
  SequencedMap<String, String> common() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("kagami.site.name", site.name());
    settings.put("kagami.site.number", String.valueOf(site.number()));
    settings.put("kagami.dimension", String.valueOf(cluster.space().dimension()));
    settings.put("kagami.distance", cluster.space().metric());
    settings.put("kagami.object-type", cluster.space().objectType());
    settings.put("kagami.mesh.secret.file", MeshSecret.in(data).file().toString());
    settings.put("kagami.grpc.host", Port.HOST);
    return settings;
  }

  SequencedMap<String, String> agent(int agent) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("kagami.agent.name", Site.agentName(agent));
    settings.put("kagami.agent.grpc.port", String.valueOf(site.agentGrpc(agent).number()));
    settings.put("kagami.agent.data", folder(Site.agentName(agent)));
    return settings;
  }

  SequencedMap<String, String> gateway() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("kagami.gateway.name", "gateway");
    settings.put("kagami.gateway.grpc.port", String.valueOf(site.gatewayGrpc().number()));
    settings.put("kagami.gateway.agents", agents());
    settings.put("kagami.gateway.replicas", String.valueOf(cluster.topology().replicas()));
    return settings;
  }

  private String agents() {
    return site.agentNumbers()
        .mapToObj(n -> Site.agentName(n) + "=" + site.agentGrpc(n).address())
        .collect(Collectors.joining(","));
  }

  SequencedMap<String, String> mirror() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("kagami.mirror.name", "mirror");
    settings.put("kagami.mirror.grpc.port", String.valueOf(site.mirrorGrpc().number()));
    settings.put("kagami.mirror.address", site.mirrorGrpc().address());
    settings.put("kagami.mirror.gateway", site.gatewayGrpc().address());
    // Only the first mirror: the rest of the mesh comes about by Register, as it does in real life.
    if (site.index() > 0) {
      settings.put("kagami.mirror.targets", firstMirror.address());
    }
    settings.put("kagami.mirror.data", folder("mirror"));
    settings.put("kagami.mirror.allow-loopback", "true");
    return settings;
  }

  private String folder(String name) {
    return data.resolve(site.name()).resolve(name).toString();
  }
}
