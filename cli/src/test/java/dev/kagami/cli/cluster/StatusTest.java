package dev.kagami.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kagami.cli.Installation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StatusTest {

  private static final Path DATA = Path.of("/data \\ co");

  @Test
  void siteInOneServer_isOneProcessWithAllRoles() {
    var status = status(Settings.with(2, 2, 20000), OptionalLong.of(4711));

    var sites = JsonParser.parseString(new StatusJson(status).text()).getAsJsonObject();

    assertThat(sites.keySet()).containsExactly("sites");
    var b = sites.getAsJsonArray("sites").get(1).getAsJsonObject();
    assertThat(b.get("name").getAsString()).isEqualTo("B");
    assertThat(b.get("mirror").getAsString()).isEqualTo("127.0.0.1:20101");
    assertThat(b.get("gateway").getAsString()).isEqualTo("127.0.0.1:20102");
    assertThat(b.get("agents")).hasToString("[\"127.0.0.1:20111\",\"127.0.0.1:20112\"]");
    assertThat(b.get("http").getAsString()).isEqualTo("http://127.0.0.1:20100");
    assertThat(b.getAsJsonArray("processes")).hasSize(1);
    var process = b.getAsJsonArray("processes").get(0).getAsJsonObject();
    assertThat(process.get("pid").getAsLong()).isEqualTo(4711);
    assertThat(process.get("roles")).hasToString("[\"mirror\",\"gateway\",\"agent\"]");
    assertThat(process.get("ready").getAsBoolean()).isTrue();
    assertThat(process.get("log").getAsString()).isEqualTo(DATA + "/out/B/logs/messages.log");
  }

  @Test
  void siteInProcesses_hasOneRoleInEach() {
    var status = status(Settings.inProcesses(1, 2, 20000), OptionalLong.of(4711));

    var processes = onlySite(status).getAsJsonArray("processes");

    assertThat(processes)
        .extracting(p -> p.getAsJsonObject().get("server").getAsString())
        .containsExactly("A-agent-1", "A-agent-2", "A-gateway", "A-mirror");
    assertThat(processes)
        .extracting(p -> p.getAsJsonObject().get("roles").toString())
        .containsExactly("[\"agent\"]", "[\"agent\"]", "[\"gateway\"]", "[\"mirror\"]");
  }

  @Test
  void stoppedServer_isNoProcess() {
    var status = status(Settings.with(1, 1, 20000), OptionalLong.empty());

    assertThat(onlySite(status).getAsJsonArray("processes")).isEmpty();
    assertThat(onlySite(status).get("stopped")).hasToString("[\"A\"]");
  }

  @Test
  void table_tellsAddressesAndProcesses() {
    var status = status(Settings.with(1, 2, 20000), OptionalLong.of(4711));

    assertThat(new StatusTable(status).text())
        .isEqualTo(
            """
            Site A
              mirror   127.0.0.1:20001  console, REST http://127.0.0.1:20000
              gateway  127.0.0.1:20002  REST http://127.0.0.1:20003
              agents   127.0.0.1:20011 127.0.0.1:20012
              server A: ready, process 4711
            """);
  }

  private static JsonObject onlySite(ClusterStatus status) {
    return JsonParser.parseString(new StatusJson(status).text())
        .getAsJsonObject()
        .getAsJsonArray("sites")
        .get(0)
        .getAsJsonObject();
  }

  private static ClusterStatus status(ClusterSettings settings, OptionalLong pid) {
    var nowhere = Path.of("/nowhere");
    var installation = new Installation(nowhere, nowhere, nowhere, nowhere);
    var cluster = new Cluster(installation, new DataDirectory(DATA), settings);
    var state = pid.isPresent() ? ServerStatus.State.READY : ServerStatus.State.STOPPED;
    List<ServerStatus> servers = new ArrayList<>();
    cluster.servers().forEach(server -> servers.add(new ServerStatus(server, pid, state)));
    return new ClusterStatus(cluster.sites(), servers);
  }
}
