/**
 * Targets as {@code ValdMirrorTarget} resources of the Kubernetes cluster that this mirror runs in;
 * all that knows of Kubernetes is here, and none of it is loaded unless it is switched on.
 *
 * <ul>
 *   <li>{@link dev.kagami.mirror.kubernetes.KubernetesTargets} the resources as a source of targets
 *   <li>{@code ResourceKeeper} writes back how targets are seen, makes resources for those that
 *       peers made known, deletes its own of those that were removed
 *   <li>{@code ResourceNames} what the resources that mirrors make are called
 *   <li>{@link dev.kagami.mirror.kubernetes.ValdMirrorTarget} the resource itself, as Vald has it
 * </ul>
 *
 * <p>Law: a resource that people made is never deleted, and of its content only the status is ever
 * written.
 */
package dev.kagami.mirror.kubernetes;
