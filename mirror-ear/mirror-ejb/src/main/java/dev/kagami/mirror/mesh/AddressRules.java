package dev.kagami.mirror.mesh;

import static java.util.Objects.requireNonNull;

import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.transport.client.Address;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which addresses may be targets. Judges the text only and resolves no names: a name that resolves
 * to a forbidden address passes here. Immutable.
 */
public final class AddressRules {
  private static final int MAX_HOST = 253;
  private static final int MAX_PORT = 65_535;

  private static final Pattern NAME =
      Pattern.compile(
          "(?!-)[a-z0-9_-]{1,63}(?<!-)(\\.(?!-)[a-z0-9_-]{1,63}(?<!-))*", Pattern.CASE_INSENSITIVE);

  /** What resolvers take for an IPv4 address, in whatever notation. */
  private static final Pattern NUMERIC_END =
      Pattern.compile("(.*\\.)?(0x[0-9a-f]*|[0-9]+)", Pattern.CASE_INSENSITIVE);

  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");

  private final Loopback loopback;

  /** Whether this machine itself may be a target, as in a demo. */
  public enum Loopback {
    ALLOWED,
    REFUSED
  }

  public AddressRules(Loopback loopback) {
    this.loopback = requireNonNull(loopback, "loopback");
  }

  /**
   * The address, if it may be a target. IPv6 addresses are refused: give the host a name.
   *
   * @param field names the value in the refusal
   * @throws InvalidArgument if the port is not within 1 to 65535, the host is no host name and no
   *     dotted IPv4 address, or it is one that no mirror of another site can have
   */
  public Address check(String host, int port, String field) {
    if (port < 1 || port > MAX_PORT) {
      throw new InvalidArgument(
          field + ".port", "port " + port + " is not within 1 to " + MAX_PORT);
    }
    var plain = host.toLowerCase(Locale.ROOT);
    if (plain.length() > MAX_HOST || !NAME.matcher(plain).matches()) {
      throw refused(field, host, "is neither a host name nor an IPv4 address");
    }
    if (NUMERIC_END.matcher(plain).matches()) {
      checkIpv4(plain, field);
    } else {
      checkName(plain, field);
    }
    return new Address(plain, port);
  }

  private void checkIpv4(String host, String field) {
    if (!IPV4.matcher(host).matches()) {
      throw refused(field, host, "is no IPv4 address of four decimal numbers");
    }
    if (host.startsWith("0.") || host.startsWith("255.255.255.255") || firstNumber(host) >= 224) {
      throw refused(field, host, "is an address that no single host has");
    }
    if (host.startsWith("169.254.")) {
      throw refused(field, host, "is a link-local address, where cloud metadata is served");
    }
    if (host.startsWith("127.")) {
      checkLoopback(host, field);
    }
  }

  private void checkName(String host, String field) {
    if (host.equals("localhost") || host.endsWith(".localhost")) {
      checkLoopback(host, field);
    }
    if (host.equals("metadata") || host.equals("metadata.google.internal")) {
      throw refused(field, host, "is where cloud metadata is served");
    }
  }

  private void checkLoopback(String host, String field) {
    switch (loopback) {
      case ALLOWED -> {}
      case REFUSED ->
          throw refused(
              field, host, "is this machine; set kagami.mirror.allow-loopback for a demo");
    }
  }

  private static int firstNumber(String ipv4) {
    return Integer.parseInt(ipv4.substring(0, ipv4.indexOf('.')));
  }

  private static InvalidArgument refused(String field, String host, String why) {
    var shown = host.length() > MAX_HOST ? host.substring(0, MAX_HOST) + "…" : host;
    return new InvalidArgument(field + ".host", "host '" + shown + "' " + why);
  }
}
