/**
 * An agent as an application: settings, start and stop, gRPC, health and admin REST around the
 * engine of {@link dev.kagami.agent.index} and its log, {@link dev.kagami.agent.log}.
 *
 * <ul>
 *   <li>{@link dev.kagami.agent.RunningAgent} the agent of this application
 *   <li>{@link dev.kagami.agent.GrpcServers} its gRPC port
 *   <li>{@link dev.kagami.agent.AgentApplication} its HTTP paths, {@link
 *       dev.kagami.agent.AdminResource} those for operators
 *   <li>{@link dev.kagami.agent.AgentReadiness} its health
 * </ul>
 *
 * <p>Law: nothing below this package knows of the container.
 */
package dev.kagami.agent;
