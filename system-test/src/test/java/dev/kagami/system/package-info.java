/**
 * Stories on real processes: sites started by {@code ./kagami}, spoken to by public clients only,
 * stopped with SIGSTOP, killed with -9.
 *
 * <ul>
 *   <li>{@link dev.kagami.system.Launcher} runs {@code ./kagami}
 *   <li>{@link dev.kagami.system.Sites} the sites of one test class, and what is done to them
 *   <li>{@link dev.kagami.system.SecondMirror} one more mirror process of a site, {@link
 *       dev.kagami.system.SharedDatabase} what it shares with the first
 *   <li>{@link dev.kagami.system.ValdClient} a plain Vald client
 *   <li>{@link dev.kagami.system.FaultProxy} a wire that can be cut in one direction
 *   <li>{@link dev.kagami.system.Ledger} what each id may hold, {@link
 *       dev.kagami.system.LedgerWriter} a client that keeps it
 *   <li>{@link dev.kagami.system.Faults} one fault after another
 *   <li>{@link dev.kagami.system.Eventually} waits, with an end
 * </ul>
 *
 * <p>Ports: each test class has a base port of its own, from 21000 on.
 */
package dev.kagami.system;
