package dev.kagami.mirror.console;

import dev.kagami.core.vector.VectorSpace;
import dev.kagami.mirror.mesh.Site;
import dev.kagami.transport.client.Address;

/**
 * The own site as an operator sees it.
 *
 * @param mirror name of this process
 * @param address where other sites reach it
 * @param space what the site stores
 * @param gateway the own gateway
 */
public record SiteView(
    Site site, String mirror, Address address, VectorSpace space, GatewayView gateway) {

  /**
   * The own gateway.
   *
   * @param ready whether it serves
   * @param reason why not; empty if it does
   */
  public record GatewayView(Address address, boolean ready, String reason) {}
}
