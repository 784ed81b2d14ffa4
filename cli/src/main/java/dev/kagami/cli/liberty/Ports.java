package dev.kagami.cli.liberty;

import java.util.List;
import java.util.stream.Stream;

/**
 * All ports of a server.
 *
 * @param health the default host's HTTP port, the only one that answers {@code /health}
 * @param grpc each with its own gRPC health service
 * @param otherHttp the HTTP ports of the other virtual hosts
 */
public record Ports(Port health, List<Port> grpc, List<Port> otherHttp) {

  public Ports {
    grpc = List.copyOf(grpc);
    otherHttp = List.copyOf(otherHttp);
  }

  /** Every port, the one with the health first. */
  public List<Port> all() {
    return Stream.of(Stream.of(health), grpc.stream(), otherHttp.stream()).flatMap(s -> s).toList();
  }
}
