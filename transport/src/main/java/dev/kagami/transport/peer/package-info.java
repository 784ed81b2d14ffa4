/**
 * Who calls.
 *
 * <ul>
 *   <li>{@link dev.kagami.transport.peer.MeshSecret} what the processes of a mesh know each other
 *       by
 *   <li>{@link dev.kagami.transport.peer.PeerInterceptor} lets only them into {@code kagami.v1},
 *       and tells the services on whose behalf a call comes
 * </ul>
 *
 * <p>Law: without the secret a call is a user's, whatever else its metadata says; a call that only
 * a peer may make is then refused, never downgraded.
 */
package dev.kagami.transport.peer;
