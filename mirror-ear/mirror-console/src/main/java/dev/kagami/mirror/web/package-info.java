/**
 * The web console.
 *
 * <ul>
 *   <li>{@link dev.kagami.mirror.web.Sites} the first page: this site and its mirror targets
 *   <li>{@link dev.kagami.mirror.web.TargetRow} one line of its table
 * </ul>
 *
 * <p>Law: backing beans show what {@code dev.kagami.mirror.console} offers, which the admin REST
 * offers as well; nothing can be seen or done here alone.
 */
package dev.kagami.mirror.web;
