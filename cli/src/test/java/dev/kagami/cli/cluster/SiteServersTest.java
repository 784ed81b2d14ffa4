package dev.kagami.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.cli.liberty.Port;
import dev.kagami.cli.liberty.ServerFiles;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class SiteServersTest {

  private static final Path DATA = Path.of("/data & \"co\"");

  @Test
  void siteInOneServer_hostsAllRoles() {
    var servers = plan(Settings.with(2, 2, 20000), 0);

    var server = servers.getFirst();
    assertThat(servers).hasSize(1);
    assertThat(server.definition().name()).isEqualTo("A");
    assertThat(server.roles()).containsExactly(Role.MIRROR, Role.GATEWAY, Role.AGENT);
    assertThat(server.definition().ports().health().number()).isEqualTo(20000);
    assertThat(server.definition().ports().grpc())
        .extracting(Port::number)
        .containsExactly(20001, 20002, 20011, 20012);
    assertThat(server.definition().ports().otherHttp())
        .extracting(Port::number)
        .containsExactly(20003, 20031, 20032);
    assertThat(server.definition().files().applications())
        .containsExactly("mirror.ear", "gateway.war", "agent.war");
  }

  @Test
  void siteInOneServer_givesEachAgentPortHostAndSettingsOfItsOwn() throws Exception {
    var server = plan(Settings.with(1, 2, 20000), 0).getFirst();

    var xml = parse(server.definition().files().serverXml());

    assertThat(values(xml, "include", "location"))
        .containsExactly("${kagami.home}/liberty/all-in-one.xml");
    assertThat(values(xml, "httpEndpoint", "httpPort")).containsExactly("20031", "20032");
    assertThat(values(xml, "virtualHost", "allowFromEndpointRef"))
        .containsExactly("agent-1", "agent-2");
    assertThat(values(xml, "webApplication", "name")).containsExactly("agent-1", "agent-2");
    assertThat(values(xml, "webApplication", "contextRoot")).containsExactly("/", "/");
    assertThat(properties(xml, 1))
        .containsEntry("kagami.agent.name", "agent-2")
        .containsEntry("kagami.agent.grpc.port", "20012")
        .containsEntry("kagami.agent.data", DATA + "/A/agent-2");
  }

  @Test
  void siteInProcesses_hasOneServerForEachRoleAndAgent() {
    var servers = plan(Settings.inProcesses(2, 2, 20000), 1);

    assertThat(servers)
        .extracting(s -> s.definition().name())
        .containsExactly("B-agent-1", "B-agent-2", "B-gateway", "B-mirror");
    assertThat(servers)
        .extracting(s -> s.definition().ports().health().number())
        .containsExactly(20131, 20132, 20103, 20100);
    assertThat(servers)
        .extracting(s -> s.definition().ports().grpc().getFirst().number())
        .containsExactly(20111, 20112, 20102, 20101);
    assertThat(servers)
        .extracting(s -> s.definition().files().applications())
        .containsExactly(
            List.of("agent.war"),
            List.of("agent.war"),
            List.of("gateway.war"),
            List.of("mirror.ear"));
  }

  @Test
  void siteInProcesses_tellsEachServerItsOwnSettings() throws Exception {
    var servers = plan(Settings.inProcesses(1, 2, 20000), 0);

    var agent = servers.get(1).definition().files();

    assertThat(values(parse(agent.serverXml()), "include", "location"))
        .containsExactly("${kagami.home}/liberty/agent.xml");
    assertThat(agent.bootstrap())
        .containsEntry("http.port", "20032")
        .containsEntry("kagami.agent.name", "agent-2")
        .containsEntry("kagami.agent.grpc.port", "20012")
        .doesNotContainKey("kagami.mirror.name");
  }

  @Test
  void everyServer_isToldSiteSpaceAndSecret() {
    var servers = plan(Settings.inProcesses(2, 1, 20000), 1);

    assertThat(servers)
        .extracting(s -> s.definition().files().bootstrap())
        .allSatisfy(bootstrap ->
            assertThat(bootstrap)
                .containsEntry("http.host", "127.0.0.1")
                .containsEntry("kagami.site.name", "B")
                .containsEntry("kagami.site.number", "2")
                .containsEntry("kagami.dimension", "4")
                .containsEntry("kagami.distance", "l2")
                .containsEntry("kagami.object-type", "float")
                .containsEntry("kagami.mesh.secret.file", DATA + "/mesh.secret")
                .containsEntry("kagami.grpc.host", "127.0.0.1"));
  }

  @Test
  void gateway_isToldItsAgents() {
    var bootstrap = bootstrapOf(Settings.with(1, 2, 20000), 0);

    assertThat(bootstrap)
        .containsEntry("gateway.http.port", "20003")
        .containsEntry("kagami.gateway.name", "gateway")
        .containsEntry("kagami.gateway.grpc.port", "20002")
        .containsEntry("kagami.gateway.agents", "agent-1=127.0.0.1:20011,agent-2=127.0.0.1:20012")
        .containsEntry("kagami.gateway.replicas", "1");
  }

  @Test
  void mirror_isToldItsGatewayAndTheFirstMirrorOnly() {
    var settings = Settings.with(3, 1, 20000);

    assertThat(bootstrapOf(settings, 0)).doesNotContainKey("kagami.mirror.targets");
    assertThat(bootstrapOf(settings, 2))
        .containsEntry("kagami.mirror.name", "mirror")
        .containsEntry("kagami.mirror.grpc.port", "20201")
        .containsEntry("kagami.mirror.address", "127.0.0.1:20201")
        .containsEntry("kagami.mirror.gateway", "127.0.0.1:20202")
        .containsEntry("kagami.mirror.targets", "127.0.0.1:20001")
        .containsEntry("kagami.mirror.data", DATA + "/C/mirror")
        .containsEntry("kagami.mirror.allow-loopback", "true");
  }

  @Test
  void onlyServersWithAgents_getTheVectorModuleAndTheHeap() {
    var servers = plan(Settings.inProcesses(1, 1, 20000), 0);

    var options = servers.stream().map(s -> s.definition().files()).map(ServerFiles::jvmOptions);

    assertThat(options.map(o -> o.contains("--add-modules=jdk.incubator.vector") + o.getFirst()))
        .containsExactly("true-Xmx1g", "false-Xmx512m", "false-Xmx512m");
  }

  private static Map<String, String> bootstrapOf(ClusterSettings settings, int site) {
    return plan(settings, site).getFirst().definition().files().bootstrap();
  }

  private static List<PlannedServer> plan(ClusterSettings settings, int site) {
    var sites = Site.all(settings);
    var first = sites.getFirst().mirrorGrpc();
    return new SiteServers(new RoleSettings(sites.get(site), settings, DATA, first)).plan();
  }

  private static Document parse(String xml) throws Exception {
    var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    return builder.parse(new InputSource(new StringReader(xml)));
  }

  private static List<String> values(Document xml, String element, String attribute) {
    return elements(xml, element).stream().map(e -> e.getAttribute(attribute)).toList();
  }

  private static Map<String, String> properties(Document xml, int application) {
    var properties = new HashMap<String, String>();
    var block = elements(xml, "webApplication").get(application).getElementsByTagName("property");
    for (int i = 0; i < block.getLength(); i++) {
      var property = (Element) block.item(i);
      properties.put(property.getAttribute("name"), property.getAttribute("value"));
    }
    return properties;
  }

  private static List<Element> elements(Document xml, String name) {
    var nodes = xml.getElementsByTagName(name);
    return java.util.stream.IntStream.range(0, nodes.getLength())
        .mapToObj(i -> (Element) nodes.item(i))
        .toList();
  }
}
