/**
 * Which agents there are.
 *
 * <ul>
 *   <li>{@link dev.kagami.gateway.discovery.Discovery} which of the ways is configured: a list,
 *       DNS, a Vald discoverer, Kubernetes
 *   <li>{@link dev.kagami.gateway.discovery.AgentSource} one of them at work; it tells {@link
 *       dev.kagami.gateway.discovery.Sighting}s
 *   <li>{@link dev.kagami.gateway.discovery.Roster} keeps the pool of agents in step with what is
 *       seen, {@link dev.kagami.gateway.discovery.Connector} reaches an address
 *   <li>{@link dev.kagami.gateway.discovery.ServedDiscoverer} tells Vald's own components who is
 *       there, under {@link dev.kagami.gateway.discovery.ServedNames}
 * </ul>
 *
 * <p>Vocabulary: an agent is <em>sighted</em> at an address, <em>admitted</em> once its name is
 * known, and <em>vanished</em> when it is not seen any more. It stays known then, and its copies
 * count as missing, until it is seen again or an operator forgets it.
 *
 * <p>Law: a source that fails keeps quiet; only what it has really seen takes an agent away.
 */
package dev.kagami.gateway.discovery;
