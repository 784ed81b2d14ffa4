package dev.kagami.mirror.mesh;

import dev.kagami.transport.client.Address;

/** The way to other processes. Thread-safe; never blocks. */
public interface Peers {
  Peer at(Address address);

  /** The address is not a target any more: what was kept open for it may be closed. */
  void release(Address address);
}
