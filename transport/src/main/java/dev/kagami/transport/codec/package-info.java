/**
 * Messages of the wire to values of the core and back, without boxing a float.
 *
 * <ul>
 *   <li>{@link dev.kagami.transport.codec.PayloadCodec} Vald's {@code payload.v1}
 *   <li>{@link dev.kagami.transport.codec.KagamiCodec} our own {@code kagami.v1}, what is stored
 *       and asked; {@link dev.kagami.transport.codec.NodeCodec} who a process is
 *   <li>{@link dev.kagami.transport.codec.StatusMapping} gRPC code, HTTP status, exception
 * </ul>
 *
 * <p>Law: decoding a request throws {@link dev.kagami.core.error.ValdException.InvalidArgument}
 * naming the field; decoding an answer throws {@link IllegalArgumentException} or {@code
 * InvalidArgument}, which the caller turns into a fault of the peer.
 */
package dev.kagami.transport.codec;
