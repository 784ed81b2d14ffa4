/**
 * {@code kagami mirror}: what operators see and do at a site's mirror, over its admin REST.
 *
 * <ul>
 *   <li>{@link dev.kagami.cli.mirror.MirrorCommand}: the command, a method for each of its own
 *   <li>{@code AnswerTable} is an answer as people read it
 * </ul>
 */
package dev.kagami.cli.mirror;
