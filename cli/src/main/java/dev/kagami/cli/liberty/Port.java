package dev.kagami.cli.liberty;

/**
 * A port a server listens on, on the loopback interface.
 *
 * @param purpose what it is, for messages: "mirror gRPC of site A"
 */
public record Port(int number, String purpose) {

  public static final String HOST = "127.0.0.1";

  /** Host and port, as gRPC clients take them. */
  public String address() {
    return HOST + ":" + number;
  }

  /** For HTTP clients; without a slash at its end. */
  public String url() {
    return "http://" + address();
  }

  @Override
  public String toString() {
    return number + " (" + purpose + ")";
  }
}
