/**
 * What the agent's engine can do, measured.
 *
 * <ul>
 *   <li>{@link dev.kagami.bench.EqualRecall} searches of several {@link dev.kagami.bench.Engine}s
 *       at the same recall
 *   <li>{@link dev.kagami.bench.SearchBenchmark} an agent's search by graph and by scan *
 *   <li>{@code KernelsBenchmark}, in the package of the kernels: one score
 * </ul>
 */
package dev.kagami.bench;
