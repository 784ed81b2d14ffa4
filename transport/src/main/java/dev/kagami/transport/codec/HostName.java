package dev.kagami.transport.codec;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name and address of this machine, looked up once. */
public final class HostName {
  static final String OF_THIS_MACHINE;

  /** Its own address, as it knows it by its name; empty if it does not. */
  public static final String ADDRESS_OF_THIS_MACHINE;

  static {
    var name = "unknown-host";
    var address = "";
    try {
      var machine = InetAddress.getLocalHost();
      name = machine.getHostName();
      address = machine.getHostAddress();
    } catch (UnknownHostException e) {
      // A machine that does not know its own name; it says so in its answers.
    }
    OF_THIS_MACHINE = name;
    ADDRESS_OF_THIS_MACHINE = address;
  }

  private HostName() {}
}
