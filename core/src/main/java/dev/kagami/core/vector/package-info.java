/**
 * What is stored, with units.
 *
 * <ul>
 *   <li>{@link dev.kagami.core.vector.VectorId} the user's id of a vector
 *   <li>{@link dev.kagami.core.vector.Vector} the floats, bit for bit as sent
 *   <li>{@link dev.kagami.core.vector.Timestamp} Unix nanoseconds
 *   <li>{@link dev.kagami.core.vector.Metric} how two vectors are compared
 *   <li>{@link dev.kagami.core.vector.ObjectType} what a component can be
 *   <li>{@link dev.kagami.core.vector.VectorSpace} what a cluster accepts: dimension, metric, type
 * </ul>
 *
 * <p>Words: <em>distance</em> is always Vald's, smaller is nearer; a <em>score</em> in Lucene's
 * sense (greater is nearer) never leaves the agent's index package.
 */
package dev.kagami.core.vector;
