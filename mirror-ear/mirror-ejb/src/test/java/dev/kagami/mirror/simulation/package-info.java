/**
 * The mirrors of some sites, the real code, in one thread and virtual time, while everything goes
 * wrong that can.
 *
 * <ul>
 *   <li>{@code Script} what is asked and what goes wrong, drawn from a seed, in {@code Step}s
 *   <li>{@code Simulation} one run of it: {@code SimulatedSite}s, whose {@code SimulatedProcess}es
 *       come and go, over a {@code Network}; {@code Shrinking} finds the part that matters
 *   <li>{@code Laws} and {@code Watch} say which law was broken, by what {@code History} has seen
 *   <li>{@code Result} what came of a run, its {@code Trace} among it; {@code Runs} many at once
 *   <li>{@link dev.kagami.mirror.simulation.Simulate} runs many seeds from the command line
 * </ul>
 *
 * <p>What is not simulated: the files of the journal (a list stands for them, which a crash cuts at
 * any record), gRPC, and the agents behind a cluster. A checked write arrives once at most, since
 * no connection repeats a message; all else may come twice and late.
 */
package dev.kagami.mirror.simulation;
