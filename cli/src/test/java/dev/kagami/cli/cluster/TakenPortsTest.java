package dev.kagami.cli.cluster;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.cli.CommandFailure;
import dev.kagami.cli.liberty.Port;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class TakenPortsTest {

  @Test
  void takenPort_isNamedWithItsPurpose() throws IOException {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = new Port(other.getLocalPort(), "mirror gRPC of site A");

      assertThatThrownBy(() -> TakenPorts.refuse(List.of(port)))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining(
              "Port " + other.getLocalPort() + " (mirror gRPC of site A) is used");
    }
  }

  @Test
  void portTakenOnEveryInterface_isTakenHereToo() throws IOException {
    try (var other = new ServerSocket(0)) {
      var port = new Port(other.getLocalPort(), "any");

      assertThatThrownBy(() -> TakenPorts.refuse(List.of(port))).isInstanceOf(CommandFailure.class);
    }
  }

  @Test
  void freePort_isAccepted() throws IOException {
    int free;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }

    assertThatCode(() -> TakenPorts.refuse(List.of(new Port(free, "any"))))
        .doesNotThrowAnyException();
  }
}
