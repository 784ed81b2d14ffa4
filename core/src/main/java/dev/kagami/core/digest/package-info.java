/**
 * The one hash of the system, and what proves that two stores hold the same.
 *
 * <ul>
 *   <li>{@link dev.kagami.core.digest.Xxh64} 64 bits over bytes or float bits
 *   <li>{@link dev.kagami.core.digest.DigestTree} a store's contents, comparable without moving
 *       them: of {@link dev.kagami.core.digest.RangeDigest}s over {@link
 *       dev.kagami.core.digest.HashRange}s
 * </ul>
 *
 * <p>Law: placement, the order of heads and digests rest on the hash, so it never changes.
 */
package dev.kagami.core.digest;
