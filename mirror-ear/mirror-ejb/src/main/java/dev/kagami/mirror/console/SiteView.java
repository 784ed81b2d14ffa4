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
 * @param journal what this process remembers of its writes
 */
public record SiteView(
    Site site,
    String mirror,
    Address address,
    VectorSpace space,
    GatewayView gateway,
    JournalView journal) {

  /**
   * The own gateway.
   *
   * @param ready whether it serves
   * @param reason why not; empty if it does
   */
  public record GatewayView(Address address, boolean ready, String reason) {}

  /**
   * What this process remembers of its writes.
   *
   * @param undecided writes that an earlier process left undecided and that are not judged yet; no
   *     write is taken meanwhile
   * @param pendingCompensations writes that were decided and that some site has not acknowledged
   *     the end of yet, such as undos owed to a site that is away
   * @param fault why no write is taken until a restart; empty if writes are taken
   */
  public record JournalView(int undecided, int pendingCompensations, String fault) {}
}
