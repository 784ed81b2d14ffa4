/**
 * The one hash of the system.
 *
 * <ul>
 *   <li>{@link dev.kagami.core.digest.Xxh64} 64 bits over bytes or float bits
 * </ul>
 *
 * <p>Law: placement, the order of heads and digests rest on it, so it never changes.
 */
package dev.kagami.core.digest;
