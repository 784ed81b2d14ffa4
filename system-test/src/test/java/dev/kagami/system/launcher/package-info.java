/**
 * Stories about {@code ./kagami} itself: what it starts, refuses, leaves alone and takes along.
 *
 * <ul>
 *   <li>{@link dev.kagami.system.launcher.LauncherRun} a run of the launcher, from its start to its
 *       end
 *   <li>{@link dev.kagami.system.launcher.Residents} the processes of a data directory, as the
 *       system sees them and not as the launcher remembers them
 * </ul>
 *
 * <p>Ports: from 23000 on.
 */
package dev.kagami.system.launcher;
