package dev.kagami.mirror.mesh;

import static java.util.Objects.requireNonNull;

import dev.kagami.transport.client.Address;
import java.time.Instant;

/**
 * What an operator of any site said last of the mirror at an address. Of two words the later counts
 * at every site.
 *
 * @param isMember whether it is in the mesh
 * @param since when that was said, to the millisecond
 */
public record Membership(Address address, boolean isMember, Instant since) {
  public Membership {
    requireNonNull(address, "address");
    requireNonNull(since, "since");
  }
}
