/**
 * Fixtures for every module that talks gRPC in its tests, and the tests of the server side.
 *
 * <ul>
 *   <li>{@link dev.kagami.transport.grpc.RunningServer} a real server on a loopback port, with a
 *       channel to it
 *   <li>{@link dev.kagami.transport.grpc.FixedNode} a process that always says the same of itself
 * </ul>
 */
package dev.kagami.transport.grpc;
