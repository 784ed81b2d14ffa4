/**
 * Which agents hold an id.
 *
 * <ul>
 *   <li>{@link dev.kagami.core.placement.ReplicaPlacement} rendezvous order over agent names
 * </ul>
 */
package dev.kagami.core.placement;
