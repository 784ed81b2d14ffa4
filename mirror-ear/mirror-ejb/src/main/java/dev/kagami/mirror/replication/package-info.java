/**
 * A user's write at all sites, or at none.
 *
 * <ul>
 *   <li>{@link dev.kagami.mirror.replication.Origin} this process as the origin of writes, wired
 *   <li>{@link dev.kagami.mirror.replication.MirroredVectorStore} the store that it offers; a
 *       {@code Transaction} is one write on its way, a {@code Report} what its client is told if it
 *       fails, a {@code SiteFlush} the removal of everything
 *   <li>{@link dev.kagami.mirror.replication.Mode} which sites have to take it
 *   <li>{@link dev.kagami.mirror.replication.Receipt} what its client is told beside the answer,
 *       kept for a while in {@link dev.kagami.mirror.replication.Receipts}
 * </ul>
 *
 * <p>Vocabulary: to <em>level forward</em> is to send the same version again, to be stored whatever
 * is there, where an existence check refused it while another site accepted it.
 */
package dev.kagami.mirror.replication;
