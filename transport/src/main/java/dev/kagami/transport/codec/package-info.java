/**
 * Messages of the wire to values of the core and back, without boxing a float.
 *
 * <ul>
 *   <li>{@link dev.kagami.transport.codec.PayloadCodec} Vald's {@code payload.v1}, {@link
 *       dev.kagami.transport.codec.IndexCodec} what of it is about an index
 *   <li>our own {@code kagami.v1}: {@link dev.kagami.transport.codec.WriteCodec} writes, {@link
 *       dev.kagami.transport.codec.KeptCodec} what is kept, {@link
 *       dev.kagami.transport.codec.ChangesCodec} in what order, {@link
 *       dev.kagami.transport.codec.SearchCodec} searches, {@link
 *       dev.kagami.transport.codec.NodeCodec} who a process is
 *   <li>{@link dev.kagami.transport.codec.StatusMapping} gRPC code, HTTP status, exception
 * </ul>
 *
 * <p>Law: decoding a request throws {@link dev.kagami.core.error.ValdException.InvalidArgument}
 * naming the field; decoding an answer throws {@link IllegalArgumentException} or {@code
 * InvalidArgument}, which the caller turns into a fault of the peer.
 */
package dev.kagami.transport.codec;
