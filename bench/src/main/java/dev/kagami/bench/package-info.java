/**
 * What the agent's engine can do, and the loops around it, measured.
 *
 * <ul>
 *   <li>{@link dev.kagami.bench.EqualRecall} searches of several {@link dev.kagami.bench.Engine}s
 *       at the same recall, over a {@link dev.kagami.bench.DataSet}; {@link
 *       dev.kagami.bench.Scaling} what a second thread adds
 *   <li>{@link dev.kagami.bench.LostAgent} how fast copies are made again, with {@link
 *       dev.kagami.bench.AgentsOnDisk}
 *   <li>{@link dev.kagami.bench.DurableInserts}, {@link dev.kagami.bench.SearchBesideWrites} and
 *       {@link dev.kagami.bench.Restart} of a {@link dev.kagami.bench.StoreOnDisk}
 *   <li>{@link dev.kagami.bench.ReturnedSite} how fast a mirror brings a site what it missed,
 *       compares and repairs
 *   <li>{@link dev.kagami.bench.SearchBenchmark} an agent's search by graph and by scan
 *   <li>{@code KernelsBenchmark}, in the package of the kernels: one score
 * </ul>
 */
package dev.kagami.bench;
