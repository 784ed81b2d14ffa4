package dev.kagami.cli.cluster;

import dev.kagami.cli.CommandFailure;
import dev.kagami.cli.liberty.Port;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Collectors;

/** Looks whether ports are free before a server is started that would need them. */
final class TakenPorts {

  private TakenPorts() {}

  /**
   * @throws CommandFailure naming the ports another program listens on
   */
  static void refuse(List<Port> ports) {
    var taken = ports.stream().filter(TakenPorts::isTaken).toList();
    if (!taken.isEmpty()) {
      throw new CommandFailure(
          (taken.size() == 1 ? "Port " : "Ports ")
              + taken.stream().map(Port::toString).collect(Collectors.joining(", "))
              + (taken.size() == 1 ? " is" : " are")
              + " used by another program: stop it, or choose other ports with --base-port.");
    }
  }

  private static boolean isTaken(Port port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(Port.HOST), port.number()));
      return false;
    } catch (IOException taken) {
      return true;
    }
  }
}
