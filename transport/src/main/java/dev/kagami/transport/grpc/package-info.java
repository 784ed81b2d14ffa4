/**
 * The server side: one thin class per service, and the server that carries them.
 *
 * <ul>
 *   <li>{@link dev.kagami.transport.grpc.ValdServices} which services a role serves
 *   <li>{@link dev.kagami.transport.grpc.ValdServer} serves them on a port, {@link
 *       dev.kagami.transport.grpc.ServerSettings} says where and as whom
 *   <li>{@link dev.kagami.transport.grpc.InProcessServer} serves them to this process alone, which
 *       is how REST reaches them
 * </ul>
 *
 * <p>{@code Operation} is the one implementation of the Multi and Stream forms; a service class
 * only names the translation and the store's method. An RPC that is not overridden answers
 * UNIMPLEMENTED; {@code docs/unimplemented.md} lists them, and a test keeps the list true.
 *
 * <p>Law: no decisions here. All runs on the event loop, so nothing here or behind it may block.
 */
package dev.kagami.transport.grpc;
