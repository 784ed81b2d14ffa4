/**
 * Which sites this one is mirrored to.
 *
 * <ul>
 *   <li>{@link dev.kagami.mirror.mesh.MirrorMesh} the mesh as this process sees it: the snapshot,
 *       what operators do, what peers make known
 *   <li>{@link dev.kagami.mirror.mesh.Mesh} the targets at one instant
 *   <li>{@link dev.kagami.mirror.mesh.TargetPhase} how a target is seen
 *   <li>{@link dev.kagami.mirror.mesh.MirrorTarget} what one source wants of one target, {@link
 *       dev.kagami.mirror.mesh.TargetStatus} what was found there; both kept by a {@link
 *       dev.kagami.mirror.mesh.MirrorTargetRepository}
 *   <li>{@link dev.kagami.mirror.mesh.Membership} what an operator said of a site, for all sites
 *   <li>{@link dev.kagami.mirror.mesh.Turn} keeps processes of one site from adding the same row
 *   <li>{@link dev.kagami.mirror.mesh.OwnNode} who this process is
 *   <li>{@link dev.kagami.mirror.mesh.GrpcPeers} the way to other processes
 *   <li>{@link dev.kagami.mirror.mesh.Dues} what a target has to hear before it is connected
 *   <li>{@link dev.kagami.mirror.mesh.Witness} hears which targets take writes
 * </ul>
 *
 * <p>How it goes: {@code TargetReconciler} compares what all sources want with what is live; {@code
 * MeshMaintainer} visits each target once a second ({@code Visit}); {@code Admission} judges who
 * answers, {@code TargetHealth} who does not; {@code Links} holds what came of it and publishes the
 * snapshot.
 *
 * <p>Vocabulary: a <em>target</em> is another site as seen from here; it is <em>known</em> while it
 * is in the mesh. A wanted address that turns out to be this site, or one that is known already, is
 * <em>redundant</em> and not in the mesh.
 *
 * <p>Laws: a source only ever changes its own rows; what an operator removed no other source brings
 * back, at no site. A target is called by its site's name only after that is in the database, and
 * it is sent nothing before.
 */
package dev.kagami.mirror.mesh;
