package dev.kagami.transport.codec;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this machine, looked up once. */
final class HostName {
  static final String OF_THIS_MACHINE = lookUp();

  private HostName() {}

  private static String lookUp() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A machine that does not know its own name; it says so in its answers.
      return "unknown-host";
    }
  }
}
