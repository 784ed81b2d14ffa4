/**
 * The mirror's ports: gRPC on its own, REST on the server's. Everything behind them lies in
 * mirror-ejb.
 *
 * <ul>
 *   <li>{@link dev.kagami.mirror.endpoint.GrpcServers} opens and closes the gRPC port
 *   <li>{@link dev.kagami.mirror.endpoint.MirrorApplication} what is offered over HTTP: {@link
 *       dev.kagami.mirror.endpoint.ValdResource} Vald's own paths, {@link
 *       dev.kagami.mirror.endpoint.TargetsResource} and {@link
 *       dev.kagami.mirror.endpoint.SiteResource} for operators, {@link
 *       dev.kagami.mirror.endpoint.WritesResource} for who wants to know what became of a write,
 *       {@link dev.kagami.mirror.endpoint.ExplainResource} where an id is; {@link
 *       dev.kagami.mirror.endpoint.AuditLog} notes each change
 *   <li>{@link dev.kagami.mirror.endpoint.MirrorReadiness} its health
 * </ul>
 */
package dev.kagami.mirror.endpoint;
