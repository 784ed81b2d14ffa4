package dev.kagami.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.agent.log.Durability;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentConfigurationTest {
  private final Map<String, String> settings =
      new HashMap<>(
          Map.of(
              "kagami.site.name", "A",
              "kagami.site.number", "3",
              "kagami.dimension", "100",
              "kagami.distance", "cosine",
              "kagami.mesh.secret.file", "/etc/kagami/secret",
              "kagami.grpc.host", "127.0.0.1",
              "kagami.agent.name", "agent-1",
              "kagami.agent.grpc.port", "8081",
              "kagami.agent.data", "/var/kagami/agent-1"));

  @Test
  void onlyWhatHasNoDefaultIsSet_theRestIsUsual() {
    var read = read();

    assertThat(read.site()).isEqualTo("A");
    assertThat(read.identity().writer()).isEqualTo(new WriterNumber(3, WriterNumber.AGENT));
    assertThat(read.index().space()).isEqualTo(new VectorSpace(100, Metric.COSINE));
    assertThat(read.index().connections()).isEqualTo(32);
    assertThat(read.index().beam()).isEqualTo(200);
    assertThat(read.index().search().epsilon()).isEqualTo(0.1f);
    assertThat(read.log().data()).isEqualTo(Path.of("/var/kagami/agent-1"));
    assertThat(read.log().durability()).isEqualTo(Durability.FSYNC);
  }

  @Test
  void everythingIsSet_itIsTaken() {
    settings.put("kagami.agent.graph.m", "16");
    settings.put("kagami.agent.graph.beam", " 100 ");
    settings.put("kagami.agent.search.epsilon", "0.05");
    settings.put("kagami.agent.search.radius", "1.5");
    settings.put("kagami.agent.search.edge-size", "40");
    settings.put("kagami.agent.log.file-mebibytes", "64");
    settings.put("kagami.agent.fsync", "os");

    var read = read();

    assertThat(read.index().connections()).isEqualTo(16);
    assertThat(read.index().beam()).isEqualTo(100);
    assertThat(read.index().search().epsilon()).isEqualTo(0.05f);
    assertThat(read.index().search().radius()).isEqualTo(1.5f);
    assertThat(read.index().search().edgeSize()).isEqualTo(40);
    assertThat(read.log().fileBytes()).isEqualTo(64 << 20);
    assertThat(read.log().durability()).isEqualTo(Durability.OS);
  }

  @ParameterizedTest
  @CsvSource({
    "kagami.dimension, 1, 2 to 65536",
    "kagami.dimension, many, no number",
    "kagami.distance, l3, known are l1",
    "kagami.object-type, int4, 'float, float16, uint8'",
    "kagami.site.number, 16, 1 to 15",
    "kagami.agent.grpc.port, 70000, 1 to 65535",
    "kagami.agent.name, 'a,b', letters",
    "kagami.agent.graph.m, 1, 2 to 256",
    "kagami.agent.search.epsilon, NaN, 0.001 to 11.0",
    "kagami.agent.search.radius, near, number",
    "kagami.agent.log.file-mebibytes, 1, 4 to 1024",
    "kagami.agent.fsync, never, 'fsync, os or memory'",
  })
  void settingIsBad_messageHasNameValueAndWhatIsAllowed(String name, String bad, String allowed) {
    settings.put(name, bad);

    assertThatThrownBy(this::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(bad)
        .hasMessageContaining(allowed);
  }

  @ParameterizedTest
  @CsvSource({"kagami.agent.name", "kagami.agent.data", "kagami.mesh.secret.file"})
  void settingIsMissing_messageHasItsName(String name) {
    settings.remove(name);

    assertThatThrownBy(this::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name + " is not set");
  }

  private AgentConfiguration read() {
    return AgentConfiguration.from(name -> Optional.ofNullable(settings.get(name)));
  }
}
