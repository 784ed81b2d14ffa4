package dev.kagami.gateway.discovery;

import dev.kagami.gateway.placement.Agent;
import dev.kagami.transport.client.Address;

/** Reaches processes by their address. Thread-safe. */
public interface Connector {

  /** The process at {@code address}; nothing is sent yet. */
  Agent.Connection connect(Address address);

  /** Nobody asks {@code address} any more; calls under way may end. */
  void release(Address address);
}
