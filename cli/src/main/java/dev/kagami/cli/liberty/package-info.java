/**
 * One Open Liberty server: its files, its process, its health. Knows nothing of sites and roles.
 *
 * <ul>
 *   <li>{@link dev.kagami.cli.liberty.ServerDefinition}: name, ports and files of a server
 *   <li>{@link dev.kagami.cli.liberty.LibertyServer}: starts, finds, watches and stops it
 *   <li>{@link dev.kagami.cli.liberty.ServerLog}: what it wrote
 *   <li>{@link dev.kagami.cli.liberty.Startup}: several servers, all or none
 * </ul>
 *
 * <p>Liberty's own script starts a server; {@code ServerScript} notes the process the moment it
 * exists, so that no interruption leaves one nobody knows. A process is ours while its number
 * <em>and</em> its start time are those in {@code PidFile}.
 */
package dev.kagami.cli.liberty;
