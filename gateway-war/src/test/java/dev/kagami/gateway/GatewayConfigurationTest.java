package dev.kagami.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.gateway.discovery.Discovery;
import dev.kagami.gateway.discovery.ServedNames;
import dev.kagami.gateway.discovery.Sighting;
import dev.kagami.gateway.filter.FilterSettings;
import dev.kagami.gateway.indexing.IndexingSettings;
import dev.kagami.gateway.placement.Cluster;
import dev.kagami.gateway.placement.CorrectionSettings;
import dev.kagami.gateway.placement.Placement;
import dev.kagami.transport.client.Address;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayConfigurationTest {
  private final Map<String, String> settings =
      new HashMap<>(
          Map.of(
              "kagami.site.name", "A",
              "kagami.site.number", "1",
              "kagami.dimension", "100",
              "kagami.distance", "l2",
              "kagami.mesh.secret.file", "secret.txt",
              "kagami.grpc.host", "127.0.0.1",
              "kagami.gateway.name", "gateway",
              "kagami.gateway.grpc.port", "20002",
              "kagami.gateway.agents", "agent-1=127.0.0.1:20011, agent-2=127.0.0.1:20012",
              "kagami.gateway.replicas", "2"));

  @Test
  void settingsAreGood_allAreRead() {
    assertThat(read())
        .isEqualTo(
            new GatewayConfiguration(
                "gateway",
                Optional.empty(),
                new Cluster("A", 1, new VectorSpace(100, Metric.L2)),
                new Address("127.0.0.1", 20002),
                Path.of("secret.txt"),
                new Discovery.Listed(
                    List.of(
                        Sighting.of("agent-1", new Address("127.0.0.1", 20011)),
                        Sighting.of("agent-2", new Address("127.0.0.1", 20012)))),
                2,
                Placement.EXACT,
                CorrectionSettings.USUAL,
                FilterSettings.none(),
                IndexingSettings.off(),
                ServedNames.USUAL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kagami.site.name",
        "kagami.site.number",
        "kagami.dimension",
        "kagami.distance",
        "kagami.mesh.secret.file",
        "kagami.grpc.host",
        "kagami.gateway.name",
        "kagami.gateway.grpc.port",
        "kagami.gateway.agents",
        "kagami.gateway.replicas"
      })
  void settingIsMissingOrBlank_isNamed(String name) {
    settings.put(name, "  ");
    assertThatIllegalArgumentException()
        .isThrownBy(this::read)
        .withMessageStartingWith(name + " is not set; give ");

    settings.remove(name);
    assertThatIllegalArgumentException()
        .isThrownBy(this::read)
        .withMessageStartingWith(name + " is not set; give ");
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "kagami.site.number | 0 | 1 to 15",
        "kagami.site.number | one | no number",
        "kagami.site.number | 16 | 1 to 15",
        "kagami.dimension | 1 | 2 to 65536",
        "kagami.distance | far | known are l1, l2",
        "kagami.gateway.grpc.port | 70000 | 1 to 65535",
        "kagami.gateway.number | 48 | 0 to 47",
        "kagami.gateway.number | -1 | 0 to 47",
        "kagami.gateway.replicas | 3 | 1 to 2",
        "kagami.gateway.replicas | 0 | 1 to 2",
        "kagami.gateway.agents | 127.0.0.1:20011 | has no name",
        "kagami.gateway.agents | a=127.0.0.1:1,a=127.0.0.1:2 | 'a' is there twice",
        "kagami.gateway.agents | a=127.0.0.1 | has no port",
        "kagami.gateway.agents | a=127.0.0.1:1, | has no name",
        "kagami.gateway.stand-ins | yes | it is neither",
        "kagami.gateway.correction.rate | 0 | 1 to 1000000",
      })
  void settingIsBad_isNamedWithItsValueAndWhatIsAllowed(String name, String value, String why) {
    settings.put(name, value);

    assertThatIllegalArgumentException()
        .isThrownBy(this::read)
        .withMessageStartingWith(name + " is '" + value + "': ")
        .withMessageContaining(why)
        .withMessageContaining("; give ");
  }

  @ParameterizedTest(name = "{0} copies, stand-ins {1}")
  @CsvSource({"1, , EXACT", "2, , WIDE", "3, , EXACT", "1, true, WIDE", "2, false, EXACT"})
  void threeListedAgents_standInWhereThatHelpsOrAsTold(
      String replicas, String standIns, Placement expected) {
    settings.put("kagami.gateway.agents", "a=127.0.0.1:1,b=127.0.0.1:2,c=127.0.0.1:3");
    settings.put("kagami.gateway.replicas", replicas);
    settings.put("kagami.gateway.stand-ins", standIns);

    assertThat(read().placement()).isEqualTo(expected);
  }

  @Test
  void agentsComeAndGo_mayNotBeTiedToTheirPlaces() {
    settings.put("kagami.gateway.discovery", "dns");
    settings.put("kagami.gateway.discovery.dns.name", "agents");
    assertThat(read().placement()).isEqualTo(Placement.WIDE);

    settings.put("kagami.gateway.stand-ins", "false");

    assertThatIllegalArgumentException()
        .isThrownBy(this::read)
        .withMessageStartingWith("kagami.gateway.stand-ins is 'false'");
  }

  private GatewayConfiguration read() {
    return GatewayConfiguration.read(name -> Optional.ofNullable(settings.get(name)));
  }
}
