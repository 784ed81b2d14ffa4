/**
 * The mapping of gRPC and REST to the port {@link dev.kagami.core.store.VectorStore}, both
 * directions. It translates and decides nothing.
 *
 * <ul>
 *   <li>{@code codec} messages to values and back; the one place that knows how gRPC codes, HTTP
 *       statuses and {@link dev.kagami.core.error.ValdException} correspond
 *   <li>{@code peer} who calls: a user, or a process of this mesh
 *   <li>{@code grpc} the server and one thin class per service
 *   <li>{@code client} the port over the network
 *   <li>{@code rest} every annotated unary RPC as JSON over HTTP
 *   <li>{@code setting} configured values, judged alike by every process
 * </ul>
 *
 * <p>Law: {@code grpc} and {@code rest} never see each other; REST calls the gRPC services through
 * a channel. Nothing here blocks once it is started.
 */
package dev.kagami.transport;
