/**
 * The engine of an agent: vectors, their versions and the graph in memory.
 *
 * <ul>
 *   <li>{@link dev.kagami.agent.index.LuceneVectorStore} the port
 *   <li>{@link dev.kagami.agent.index.Writes} decides what becomes of a write, {@link
 *       dev.kagami.agent.index.Ledger} has log and memory change together; {@link
 *       dev.kagami.agent.index.Trimming} forgets what is of no use any more
 *   <li>{@link dev.kagami.agent.index.Engine} contents, graph, linker and searcher, replaced
 *       together by a flush; {@link dev.kagami.agent.index.GraphSurvey} the graph's shape
 *   <li>{@link dev.kagami.agent.index.Contents} all that is held; changes by log records alone
 *   <li>{@link dev.kagami.agent.index.Versions} every id's {@link dev.kagami.agent.index.Lineage},
 *       by hash in the {@link dev.kagami.agent.index.IdTable} and by time in the {@link
 *       dev.kagami.agent.index.ChangeList}; {@link dev.kagami.agent.index.LoggedChanges} tells
 *       others of both
 *   <li>{@link dev.kagami.agent.index.Saver} checkpoints of what is {@link
 *       dev.kagami.agent.index.Unsaved}, {@link dev.kagami.agent.index.Recovery} from them; {@link
 *       dev.kagami.agent.index.GraphSaver} the graph beside them, by a {@link
 *       dev.kagami.agent.index.GraphWriter}, {@link dev.kagami.agent.index.SavedGraph} reads it,
 *       with a {@link dev.kagami.agent.index.Detour} around what went
 *   <li>{@link dev.kagami.agent.index.Purge} gives {@link dev.kagami.agent.index.Slots} back that
 *       nobody needs: a {@link dev.kagami.agent.index.Repair} leads around them, and the {@link
 *       dev.kagami.agent.index.Readers} are waited for
 *   <li>{@link dev.kagami.agent.index.VectorChunks} the floats, by slot, and {@link
 *       dev.kagami.agent.index.Codes} rough copies that a {@link
 *       dev.kagami.agent.index.RoughScorer} has walks and the linker go by; {@link
 *       dev.kagami.agent.index.Rescoring} compares what they found exactly
 *   <li>{@link dev.kagami.agent.index.Visible} which slots may be found
 *   <li>{@link dev.kagami.agent.index.Pending} slots not linked yet, {@link
 *       dev.kagami.agent.index.Linker} who links them, {@link dev.kagami.agent.index.Turnstile}
 *       where writers wait if there are too many
 *   <li>{@link dev.kagami.agent.index.LiveGraph} the graph, growing while it is searched: an {@link
 *       dev.kagami.agent.index.Insertion} adds {@link dev.kagami.agent.index.Edges} of some {@link
 *       dev.kagami.agent.index.Diversity} to {@link dev.kagami.agent.index.Rows}, which a {@link
 *       dev.kagami.agent.index.Walk} reads without a lock; {@link dev.kagami.agent.index.SlotSet}
 *       and {@link dev.kagami.agent.index.Ranking} serve whoever changes it
 *   <li>{@link dev.kagami.agent.index.Twins} slots with equal vectors, of which one is linked;
 *       {@link dev.kagami.agent.index.SpanningTree} keeps what is linked within reach
 *   <li>{@link dev.kagami.agent.index.Searcher} graph and pending slots in one answer
 *   <li>{@link dev.kagami.agent.index.Distances} ranks for the graph, by {@link
 *       dev.kagami.agent.index.Scorers}, and distances for Vald, over {@link
 *       dev.kagami.agent.index.Kernels} and {@link dev.kagami.agent.index.BitCounts}
 * </ul>
 *
 * <p>Vocabulary: a <em>slot</em> is the number of a stored vector and a node of the graph; it never
 * moves. Vald's vqueue, <em>uncommitted</em>, is what is pending here: not linked yet, but found by
 * every search. <em>CreateIndex</em> waits for the linker. <em>SaveIndex</em> saves a checkpoint.
 *
 * <p>Law: a write is searchable before, and durable when, it is acknowledged.
 */
package dev.kagami.agent.index;
