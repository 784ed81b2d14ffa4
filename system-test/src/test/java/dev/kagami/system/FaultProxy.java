package dev.kagami.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A wire to another process that can be cut, or lose what comes back: requests arrive, answers do
 * not. Connections made while answers are lost stay without answers.
 */
final class FaultProxy implements AutoCloseable {
  private final ServerSocket server;
  private final InetSocketAddress target;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile boolean answersLost;
  private volatile boolean isCut;

  FaultProxy(int targetPort) {
    try {
      this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
    Thread.ofVirtual().name("fault-proxy-accept").start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** From now on nothing comes back. */
  void loseAnswers() {
    answersLost = true;
  }

  /** Hangs up, and does so with all who call, until it is healed. */
  void cut() {
    isCut = true;
    hangUp();
  }

  /** Cuts what is open; new connections work again. */
  void heal() {
    isCut = false;
    answersLost = false;
    hangUp();
  }

  private void hangUp() {
    open.forEach(FaultProxy::close);
    open.clear();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        connect(server.accept());
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    if (isCut) {
      close(client);
      return;
    }
    var far = new Socket();
    try {
      far.connect(target);
    } catch (IOException refused) {
      close(client);
      return;
    }
    open.add(client);
    open.add(far);
    Thread.ofVirtual().name("fault-proxy-there").start(() -> copy(client, far, false));
    Thread.ofVirtual().name("fault-proxy-back").start(() -> copy(far, client, true));
  }

  private void copy(Socket from, Socket to, boolean isAnswer) {
    var buffer = new byte[1 << 16];
    try (from;
        to) {
      for (int n; (n = from.getInputStream().read(buffer)) >= 0; ) {
        if (!isAnswer || !answersLost) {
          to.getOutputStream().write(buffer, 0, n);
          to.getOutputStream().flush();
        }
      }
    } catch (IOException cut) {
      // either side hung up: so does the wire
      return;
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    heal();
  }
}
