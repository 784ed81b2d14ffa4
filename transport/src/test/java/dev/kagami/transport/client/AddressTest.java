package dev.kagami.transport.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:18081", "mirror-b.example:1", "[::1]:65535"})
  void address_readsAsItIsWritten(String text) {
    assertThat(Address.parse(text)).hasToString(text);
  }

  @Test
  void ipv6Host_hasNoBrackets() {
    assertThat(Address.parse("[::1]:80")).isEqualTo(new Address("::1", 80));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "host",
        ":80",
        "host:",
        "host:x",
        "host:0",
        "host:70000",
        "host:-1",
        "a b:80",
        "::1:80",
        "host:99999999999"
      })
  void textThatIsNoAddress_isRefusedAndQuoted(String text) {
    assertThatThrownBy(() -> Address.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }
}
