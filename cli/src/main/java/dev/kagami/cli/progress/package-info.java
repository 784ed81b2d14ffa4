/**
 * How far something is.
 *
 * <ul>
 *   <li>{@link dev.kagami.cli.progress.Progress}: told about each piece of work
 *   <li>{@link dev.kagami.cli.progress.ProgressBar}: shows it, as a bar on a terminal and as plain
 *       lines in a pipe
 * </ul>
 */
package dev.kagami.cli.progress;
