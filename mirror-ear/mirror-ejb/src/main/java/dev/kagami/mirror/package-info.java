/**
 * The mirror: keeps sites the same.
 *
 * <ul>
 *   <li>{@code replication} a user's write, at all sites or none
 *   <li>{@code compensation} what this origin remembers of its transactions
 *   <li>{@code mesh} which sites those are
 *   <li>{@code catchup} brings each site what it missed, {@code verification} compares
 *   <li>{@code console} what operators see and do
 * </ul>
 *
 * <p>Here is only what brings them to life:
 *
 * <ul>
 *   <li>{@link dev.kagami.mirror.StartUp} the first to run: makes the database fit, starts the
 *       mirror
 *   <li>{@link dev.kagami.mirror.MirrorLifecycle} where the container and the mirror meet
 *   <li>{@link dev.kagami.mirror.MirrorConfiguration} what it is told, checked at start
 *   <li>{@link dev.kagami.mirror.MirrorProcess} all parts but the ports put together, without a
 *       container
 * </ul>
 *
 * <p>Life: {@code StartUp} begins, the endpoints of mirror-war open. At the end this module is told
 * to leave (not ready any more), the endpoints close, and only then {@code MirrorLifecycle} ends
 * what they used.
 */
package dev.kagami.mirror;
