/**
 * What can go wrong, in the codes that Vald's clients know.
 *
 * <ul>
 *   <li>{@link dev.kagami.core.error.ValdException} one subtype per gRPC code in use
 *   <li>{@link dev.kagami.core.error.ErrorDetail} what a client may read beyond the message
 *   <li>{@link dev.kagami.core.error.StageFailure} what a stage failed with, out of its wrapping
 * </ul>
 */
package dev.kagami.core.error;
