package dev.kagami.transport.client;

import java.util.Objects;

/**
 * Where a process listens.
 *
 * @param host a name or an IP address; an IPv6 address without brackets
 * @param port 1 to {@value #MAX_PORT}
 */
public record Address(String host, int port) {
  private static final int MAX_PORT = 65_535;

  /**
   * Checks both parts.
   *
   * @throws IllegalArgumentException if the host is empty, has a blank, or the port is none
   */
  public Address {
    Objects.requireNonNull(host, "host");
    if (host.isEmpty() || host.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException("'" + host + "' is no host");
    }
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("port " + port + " is not within 1 to " + MAX_PORT);
    }
  }

  /**
   * The address written as {@code host:port}, an IPv6 host in brackets.
   *
   * @throws IllegalArgumentException if the text is no such address, quoting it
   */
  public static Address parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("'" + text + "' has no port; write host:port");
    }
    try {
      return new Address(
          unbracketed(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + text + "' has no number after the colon; write host:port", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + text + "': " + e.getMessage(), e);
    }
  }

  private static String unbracketed(String host) {
    if (host.startsWith("[") && host.endsWith("]")) {
      return host.substring(1, host.length() - 1);
    }
    if (host.indexOf(':') >= 0) {
      throw new IllegalArgumentException("an IPv6 host needs brackets");
    }
    return host;
  }

  @Override
  public String toString() {
    return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
  }
}
