/**
 * Which sites this one is mirrored to.
 *
 * <ul>
 *   <li>{@link dev.kagami.mirror.mesh.Mesh} the targets at one instant
 *   <li>{@link dev.kagami.mirror.mesh.TargetPhase} how a target is seen
 * </ul>
 *
 * <p>Vocabulary: a <em>target</em> is another site as seen from here; it is <em>known</em> while it
 * is in the mesh.
 */
package dev.kagami.mirror.mesh;
