package dev.kagami.gateway.placement;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Some agents, each name once, in the order in which they became known. Immutable.
 *
 * @param byName the same
 */
record KnownAgents(List<Agent> agents, Map<String, Agent> byName) {
  static KnownAgents of(List<Agent> agents) {
    return new KnownAgents(
        List.copyOf(agents), agents.stream().collect(toUnmodifiableMap(Agent::name, a -> a)));
  }

  Optional<Agent> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  KnownAgents with(Agent agent) {
    var all = new ArrayList<>(agents);
    all.add(agent);
    return of(all);
  }

  KnownAgents without(String name) {
    return of(agents.stream().filter(agent -> !agent.name().equals(name)).toList());
  }
}
