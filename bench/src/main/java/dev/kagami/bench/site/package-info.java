/**
 * What the roles of a site that runs cost, measured by a client.
 *
 * <ul>
 *   <li>{@link dev.kagami.bench.site.RoleCost} the program: roles take turns
 *   <li>{@link dev.kagami.bench.site.ClosedLoop} keeps so many calls in flight
 *   <li>{@link dev.kagami.bench.site.Role} where to ask, and what CPU time its process took
 *   <li>{@link dev.kagami.bench.site.Hang} keeps a process from doing anything
 *   <li>{@link dev.kagami.bench.site.Measured} what came of it
 * </ul>
 */
package dev.kagami.bench.site;
