/**
 * The port that every process answers, and the words it speaks. An agent answers from its index, a
 * gateway by asking agents, a mirror by asking sites, a stub by asking the network.
 *
 * <ul>
 *   <li>{@link dev.kagami.core.store.VectorStore} the port
 *   <li>{@link dev.kagami.core.store.Mutation} what a write wants, {@link
 *       dev.kagami.core.store.WriteTime} when, {@link dev.kagami.core.store.ExistenceCheck} when it
 *       is refused, {@link dev.kagami.core.store.Applied} what became of it
 *   <li>{@link dev.kagami.core.store.Version} one state of one id, {@link
 *       dev.kagami.core.store.Head} the same without the floats, {@link
 *       dev.kagami.core.store.Stamp} the transaction that wrote it, {@link
 *       dev.kagami.core.store.VoidMark} its undo
 *   <li>{@link dev.kagami.core.store.Kept} all that is kept of one id, and the laws of it
 *   <li>{@link dev.kagami.core.store.Changes} what a store tells of its contents: {@link
 *       dev.kagami.core.store.ChangeLog} by the order of changes, {@link
 *       dev.kagami.core.store.HeadCursor} by the order of id hashes, {@link
 *       dev.kagami.core.store.KeptHeads} per id
 *   <li>{@link dev.kagami.core.store.Inspection} what an operator may know: {@link
 *       dev.kagami.core.store.IndexInfo}, {@link dev.kagami.core.store.IndexDetail}, {@link
 *       dev.kagami.core.store.GraphStatistics}, {@link dev.kagami.core.store.IndexProperty}
 *   <li>{@link dev.kagami.core.store.TimestampUpdate}, {@link dev.kagami.core.store.RemovalByTime}
 *       what Vald asks for and any store can do by these
 *   <li>{@link dev.kagami.core.store.SearchQuery}, {@link dev.kagami.core.store.SearchResult},
 *       {@link dev.kagami.core.store.Neighbor}
 *   <li>{@link dev.kagami.core.store.CallContext} on whose behalf and until when, {@link
 *       dev.kagami.core.store.CallMetadata} what comes and goes beside the message
 *   <li>{@link dev.kagami.core.store.CheckedVectorStore} refuses what no store can hold
 *   <li>{@link dev.kagami.core.store.Node} who a process is, told at connect
 *   <li>{@link dev.kagami.core.store.WriterNumber} whose stamps are whose, {@link
 *       dev.kagami.core.store.WriterClaims} that no two gateways share one
 * </ul>
 *
 * <p>Vocabulary: a <em>stamp</em> is one transaction's id, tie-break and undo key; a version is
 * <em>settled</em> once it is decided for good; <em>visible</em> is the newest version without a
 * void mark, if it is no tombstone. <em>Newer</em> means by (timestamp, stamp).
 *
 * <p>Law: versions and marks only accumulate, so the order in which a store learns of them, and how
 * often, does not matter.
 */
package dev.kagami.core.store;
