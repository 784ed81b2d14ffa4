package dev.kagami.gateway.discovery;

import dev.kagami.transport.client.Address;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An agent as a source sees it.
 *
 * @param address where it listens
 * @param name of the agent, if the source knows it; else the agent itself is asked
 * @param node the machine it runs on; empty if unknown
 * @param memory how full its memory is, in the source's measure; greater is fuller
 */
public record Sighting(Address address, Optional<String> name, String node, OptionalDouble memory) {

  /** An agent of which only the address is known. */
  public static Sighting at(Address address) {
    return new Sighting(address, Optional.empty(), "", OptionalDouble.empty());
  }

  /** An agent that somebody has named. */
  public static Sighting of(String name, Address address) {
    return new Sighting(address, Optional.of(name), "", OptionalDouble.empty());
  }
}
