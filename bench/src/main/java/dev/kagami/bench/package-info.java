/**
 * Micro-benchmarks.
 *
 * <ul>
 *   <li>{@link dev.kagami.bench.SearchBenchmark} an agent's search by graph and by scan
 * </ul>
 */
package dev.kagami.bench;
