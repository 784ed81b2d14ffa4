/**
 * Local clusters: the commands up, down, status and logs.
 *
 * <ul>
 *   <li>{@link dev.kagami.cli.cluster.ClusterCommands}: the commands, one class each
 *   <li>{@link dev.kagami.cli.cluster.ClusterSettings}: what a cluster is made of, kept in its data
 *       directory as {@code cluster.properties}
 *   <li>{@link dev.kagami.cli.cluster.Site}: the name of a site and its addresses
 *   <li>{@link dev.kagami.cli.cluster.Cluster}: the servers of all sites, to start, stop and ask
 *   <li>{@link dev.kagami.cli.cluster.ForegroundCluster}: a cluster that ends with the command that
 *       started it
 * </ul>
 *
 * <p>A <em>data directory</em> is a cluster: settings, secrets, Liberty's folders ({@code wlp},
 * {@code out}), the processes on record ({@code run}) and each site's data in a folder with its
 * name. {@code SiteServers} alone decides which server hosts what, and {@code RoleSettings} what an
 * application is told.
 */
package dev.kagami.cli.cluster;
