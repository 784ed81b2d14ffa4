/**
 * What operators see and do, for the admin REST and the console alike.
 *
 * <ul>
 *   <li>{@link dev.kagami.mirror.console.MirrorOperations} the targets and the own site
 *   <li>{@link dev.kagami.mirror.console.WriteOperations} what became of a write, in a {@link
 *       dev.kagami.mirror.console.WriteView}, and where an id is, in an {@link
 *       dev.kagami.mirror.console.Explanation}
 *   <li>{@link dev.kagami.mirror.console.TargetView} a target, {@link
 *       dev.kagami.mirror.console.SiteView} the own site, both as they are at one instant
 * </ul>
 */
package dev.kagami.mirror.console;
