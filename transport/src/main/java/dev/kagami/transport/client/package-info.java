/**
 * The client side: the port over the network.
 *
 * <ul>
 *   <li>{@link dev.kagami.transport.client.Address} where a process listens
 *   <li>{@link dev.kagami.transport.client.ChannelPool} one connection per address
 *   <li>{@link dev.kagami.transport.client.RemoteVectorStore} a store at the other end of a channel
 *   <li>{@link dev.kagami.transport.client.RemoteNode} who is at the other end
 *   <li>{@link dev.kagami.transport.client.PlainCall} a question to a process outside the mesh
 * </ul>
 *
 * <p>Law: a call ends with an answer that makes sense or with a {@link
 * dev.kagami.core.error.ValdException}, at the latest at its deadline; nothing is retried here, so
 * that outcomes stay visible. The answer arrives on the event loop: what follows it must not block.
 */
package dev.kagami.transport.client;
