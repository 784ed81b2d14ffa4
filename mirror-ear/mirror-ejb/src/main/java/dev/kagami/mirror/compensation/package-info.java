/**
 * What an origin remembers of its transactions, so that none is left half done.
 *
 * <ul>
 *   <li>{@link dev.kagami.mirror.compensation.Ledger} every transaction that is undecided or owed,
 *       in memory; gives the stamps, and tells what is {@link
 *       dev.kagami.mirror.compensation.Unfinished}
 *   <li>{@link dev.kagami.mirror.compensation.CompensationJournal} the same on disk, in {@link
 *       dev.kagami.mirror.compensation.JournalEntry}s; {@link
 *       dev.kagami.mirror.compensation.ArtemisCompensationJournal} in real files, which refuses to
 *       open with a {@link dev.kagami.mirror.compensation.JournalDamagedException}
 *   <li>{@link dev.kagami.mirror.compensation.Endings} writes there what is over
 *   <li>{@link dev.kagami.mirror.compensation.Compensator} carries decisions to every site until
 *       acknowledged
 *   <li>{@link dev.kagami.mirror.compensation.Settlement} tells each site what is decided for good
 *   <li>{@link dev.kagami.mirror.compensation.Recovery} ends what a crash left undone
 *   <li>{@link dev.kagami.mirror.compensation.Sites} where all that goes, {@link
 *       dev.kagami.mirror.compensation.Means} and {@link dev.kagami.mirror.compensation.Patience}
 *       how
 * </ul>
 *
 * <p>Vocabulary: the <em>origin</em> is the process that got the user's write; it alone decides its
 * fate. What every site has to hear of a decision is <em>owed</em> to it until it acknowledges.
 *
 * <p>Laws: the intent is durable before anything is forwarded, the decision to undo before anything
 * is undone. A transaction whose client may have been told OK is never undone. What a site is told
 * to be settled never passes a stamp that is undecided, or whose undo it has not acknowledged.
 */
package dev.kagami.mirror.compensation;
