package dev.kagami.mirror.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.mirror.mesh.AddressRules.Loopback;
import dev.kagami.transport.client.Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {
  private final AddressRules rules = new AddressRules(Loopback.REFUSED);
  private final AddressRules demo = new AddressRules(Loopback.ALLOWED);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b",
        "vald-mirror-gateway.vald-02.svc.cluster.local",
        "mirror-1.b.example",
        "a1.b2",
        "10.0.0.7",
        "192.168.1.255",
        "under_score.example",
        "localhost.example",
      })
  void hostOfAnotherSite_mayBeATarget(String host) {
    assertThat(rules.check(host, 8081, "target")).isEqualTo(new Address(host, 8081));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "b c", "b\n", "-b", "b-", "b..c", ".b", "b.", "b/c", "b:80", "user@b", "[::1]",
        "::1", "fe80::1", "ドメイン", "b\u0000", "../b", "%62",
      })
  void whatIsNoHost_isRefused(String host) {
    assertRefused(demo, host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.0.1",
        "0.0.0.0",
        "255.255.255.255",
        "224.0.0.1",
        "240.0.0.1",
        "metadata.google.internal",
        "METADATA",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "1.2.3",
        "1.2.3.256",
        "01.2.3.4",
        "b.0x1",
      })
  void addressOfNoMirror_isRefused(String host) {
    assertRefused(demo, host);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "localhost", "LocalHost", "x.localhost"})
  void loopback_isForDemosOnly(String host) {
    assertRefused(rules, host);
    assertThat(demo.check(host, 1, "target").port()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65_536, 70_000, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void impossiblePort_isRefused(int port) {
    assertThatThrownBy(() -> rules.check("b.example", port, "target"))
        .isInstanceOf(InvalidArgument.class)
        .hasMessageContaining(String.valueOf(port));
  }

  @Test
  void lettersOfAName_doNotDiffer() {
    assertThat(rules.check("B.Example", 1, "target")).isEqualTo(new Address("b.example", 1));
  }

  @Test
  void refusal_neverRepeatsALongHostWhole() {
    assertThatThrownBy(() -> rules.check("x".repeat(100_000), 1, "target"))
        .isInstanceOf(InvalidArgument.class)
        .satisfies(refused -> assertThat(refused.getMessage().length()).isLessThan(400));
  }

  private static void assertRefused(AddressRules rules, String host) {
    assertThatThrownBy(() -> rules.check(host, 8081, "target"))
        .isInstanceOf(InvalidArgument.class)
        .hasMessageContaining("host");
  }
}
