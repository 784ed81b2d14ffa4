/**
 * Vectors in, neighbors out: the commands load, search and agent, as clients of Vald's services.
 *
 * <ul>
 *   <li>{@link dev.kagami.cli.vectors.VectorCommands}: the commands, one class each
 *   <li>{@link dev.kagami.cli.vectors.VectorFile}: vectors read one by one, from a vector set or
 *       from JSON lines
 *   <li>{@link dev.kagami.cli.vectors.Loader}: a file streamed into a site
 *   <li>{@link dev.kagami.cli.vectors.Tally}: what became of the vectors
 *   <li>{@link dev.kagami.cli.vectors.Searcher}: asks for neighbors
 *   <li>{@link dev.kagami.cli.vectors.AgentSwitch}: makes an agent refuse writes, or back itself up
 *   <li>{@link dev.kagami.cli.vectors.SiteOption}: which site a command talks to
 * </ul>
 *
 * <p>A <em>vector set</em> is the binary format of {@code samples/}, described in the README there.
 */
package dev.kagami.cli.vectors;
