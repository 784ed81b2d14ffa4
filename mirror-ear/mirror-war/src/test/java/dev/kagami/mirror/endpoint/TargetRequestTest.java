package dev.kagami.mirror.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.error.ValdException.InvalidArgument;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetRequestTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"host\":\"b.example\",\"port\":8081}",
        " {\n \"port\" : 8081, \"host\" : \"b.example\" } \n",
        "{\"host\":\"b.example\",\"port\":8081.0}",
        "{\"host\":\"b.example\",\"port\":8081,\"note\":[{}]}",
      })
  void object_isATarget(String body) {
    assertThat(read(body)).isEqualTo(new TargetRequest("b.example", 8081));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "\"b.example:8081\"",
        "{",
        "{\"host\":\"b.example\"}",
        "{\"port\":8081}",
        "{\"host\":7,\"port\":8081}",
        "{\"host\":null,\"port\":8081}",
        "{\"host\":\"b.example\",\"port\":\"8081\"}",
        "{\"host\":\"b.example\",\"port\":80.5}",
        "{\"host\":\"b.example\",\"port\":1e400}",
        "{\"host\":\"b.example\",\"port\":99999999999}",
        "{\"host\":\"a\",\"host\":\"b\",\"port\":8081}",
        "{\"host\":\"a\",\"port\":1} {\"host\":\"b\",\"port\":1}",
        "{\"host\":\"a\",\"port\":1} x",
        "{\"host\":\"a\",/* no */\"port\":1}",
        "{'host':'a','port':1}",
      })
  void anythingElse_isRefused(String body) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(InvalidArgument.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100, 300, 490, 100_000})
  void deepNesting_isRefused(int depth) {
    var body = "{\"host\":" + "[".repeat(depth) + "]".repeat(depth) + ",\"port\":1}";

    assertThatThrownBy(() -> read(body)).isInstanceOf(InvalidArgument.class);
  }

  @Test
  void longBody_isRefusedUnread() {
    var body = new ByteArrayInputStream(new byte[100_000]);

    assertThatThrownBy(() -> TargetRequest.read(body))
        .isInstanceOf(InvalidArgument.class)
        .hasMessageContaining("1000");
    assertThat(body.available()).isGreaterThan(90_000);
  }

  private static TargetRequest read(String body) {
    return TargetRequest.read(new ByteArrayInputStream(body.getBytes(UTF_8)));
  }
}
