package dev.kagami.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.mirror.mesh.HealthLimits;
import dev.kagami.mirror.mesh.Site;
import dev.kagami.transport.client.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorConfigurationTest {
  private final Map<String, String> settings = new HashMap<>(defaults());

  MirrorConfigurationTest() {
    settings.putAll(
        Map.of(
            "kagami.site.name", "A",
            "kagami.site.number", "1",
            "kagami.dimension", "100",
            "kagami.distance", "cosine",
            "kagami.mesh.secret.file", "/etc/kagami/secret",
            "kagami.grpc.host", "0.0.0.0",
            "kagami.mirror.name", "mirror-1",
            "kagami.mirror.grpc.port", "8081",
            "kagami.mirror.address", "mirror.a.example:8081"));
    settings.put("kagami.mirror.gateway", "gateway:8082");
    settings.put("kagami.mirror.data", "/var/lib/kagami");
  }

  @Test
  void allThatMustBeGiven_isEnough() {
    var read = read();

    assertThat(read.identity().site()).isEqualTo(new Site("A", 1));
    assertThat(read.identity().name()).isEqualTo("mirror-1");
    assertThat(read.identity().address()).isEqualTo(new Address("mirror.a.example", 8081));
    assertThat(read.identity().space().dimension()).isEqualTo(100);
    assertThat(read.listen()).isEqualTo(new Address("0.0.0.0", 8081));
    assertThat(read.gateway()).isEqualTo(new Address("gateway", 8082));
    assertThat(read.mesh().targets()).isEmpty();
    assertThat(read.mesh().health()).isEqualTo(new HealthLimits(3, Duration.ofSeconds(5)));
    assertThat(read.files().data()).isEqualTo(Path.of("/var/lib/kagami"));
  }

  @Test
  void targets_areAList() {
    settings.put("kagami.mirror.targets", "b.example:8081, c.example:9 ,B.example:8081");

    assertThat(read().mesh().targets())
        .containsExactlyInAnyOrder(new Address("b.example", 8081), new Address("c.example", 9));
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
        "kagami.mirror.name",
        "kagami.mirror.grpc.port",
        "kagami.mirror.address",
        "kagami.mirror.gateway",
        "kagami.mirror.data",
      })
  void missingValue_isNamed(String key) {
    settings.remove(key);

    assertThatThrownBy(this::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key + " is not set");
  }

  @ParameterizedTest
  @CsvSource({
    "kagami.site.name, a b, a name",
    "kagami.site.number, 0, 1 to 15",
    "kagami.site.number, 16, 1 to 15",
    "kagami.site.number, one, 1 to 15",
    "kagami.dimension, 1, 2 to 65536",
    "kagami.distance, far, a distance",
    "kagami.mirror.grpc.port, 0, 1 to 65535",
    "kagami.mirror.address, nonsense, host:port",
    "kagami.mirror.address, 127.0.0.1:8081, allow-loopback",
    "kagami.mirror.gateway, gateway, host:port",
    "kagami.mirror.targets, 'b.example:8081,', host:port",
    "kagami.mirror.targets, 169.254.169.254:80, link-local",
    "kagami.mirror.targets, localhost:80, allow-loopback",
    "kagami.mirror.allow-loopback, yes, true or false",
    "kagami.mirror.mode, some, 'connected, strict, quorum or local'",
    "kagami.mirror.health.failures, -1, 0 to 1000",
    "kagami.mirror.health.minimum-time, 5, PT2S",
    "kagami.mirror.health.minimum-time, PT-5S, 0 or more",
    "kagami.mirror.health.longest-wait, -PT1S, 0 or more",
    "kagami.mirror.verification.interval, hourly, PT2S",
    "kagami.mirror.retention, PT59M, PT1H or more",
    "kagami.mirror.retention, 7d, such as P7D",
  })
  void badValue_isNamedWithWhatIsAllowed(String key, String value, String allowed) {
    settings.put(key, value);

    assertThatThrownBy(this::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key + " is '" + value + "'")
        .hasMessageContaining(allowed);
  }

  @Test
  void demo_mayUseLoopback() {
    settings.put("kagami.mirror.allow-loopback", "true");
    settings.put("kagami.mirror.address", "127.0.0.1:18081");
    settings.put("kagami.mirror.targets", "127.0.0.1:18181");

    assertThat(read().mesh().targets()).containsExactly(new Address("127.0.0.1", 18181));
  }

  private MirrorConfiguration read() {
    return MirrorConfiguration.read(key -> Optional.ofNullable(settings.get(key)));
  }

  private static Map<String, String> defaults() {
    var properties = new Properties();
    try (var in =
        MirrorConfiguration.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var defaults = new HashMap<String, String>();
    properties.stringPropertyNames().forEach(key -> defaults.put(key, properties.getProperty(key)));
    return defaults;
  }
}
