/**
 * The gateway as a process: its rim, where the container, the network and {@link
 * dev.kagami.gateway.placement} meet.
 *
 * <ul>
 *   <li>{@code GatewayLifecycle} reads the configuration, starts and stops
 *   <li>{@code GatewayConfiguration} what it is told, checked at start
 *   <li>{@code Gateway} all parts put together, without a container
 *   <li>{@code GatewayReadiness}, {@code GatewayLiveness} its health
 *   <li>{@link dev.kagami.gateway.GatewayApplication} what it offers over HTTP, {@link
 *       dev.kagami.gateway.ValdResource} Vald's RPCs, {@link dev.kagami.gateway.AgentsResource} for
 *       operators
 * </ul>
 */
package dev.kagami.gateway;
