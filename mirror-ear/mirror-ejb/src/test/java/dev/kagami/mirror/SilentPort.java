package dev.kagami.mirror;

import dev.kagami.transport.client.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port that takes connections and never says a word, as a stopped process does. */
final class SilentPort implements AutoCloseable {
  private final ServerSocket socket;

  SilentPort() {
    try {
      this.socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  Address address() {
    return new Address("127.0.0.1", port());
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
