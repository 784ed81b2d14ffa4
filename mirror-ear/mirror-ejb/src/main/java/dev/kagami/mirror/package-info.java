/**
 * The mirror: keeps sites the same.
 *
 * <ul>
 *   <li>{@code replication} a user's write, at all sites or none
 *   <li>{@code compensation} what this origin remembers of its transactions
 *   <li>{@code mesh} which sites those are
 *   <li>{@code console} what operators see and do
 * </ul>
 *
 * <p>Here is only what brings them to life on the server: {@link dev.kagami.mirror.StartUp} makes
 * the database fit.
 */
package dev.kagami.mirror;
