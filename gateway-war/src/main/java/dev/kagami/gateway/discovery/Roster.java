package dev.kagami.gateway.discovery;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.fanout.Fanout;
import dev.kagami.core.fanout.Outcome;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Node.Description;
import dev.kagami.core.store.Node.Role;
import dev.kagami.gateway.placement.Agent;
import dev.kagami.gateway.placement.AgentPool;
import dev.kagami.gateway.placement.AgentStatus.State;
import dev.kagami.transport.client.Address;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the pool of agents in step with what a source sees: asks who is at an address that nobody
 * has named, admits agents, moves those that come back elsewhere, and lets those go that are not
 * seen any more. Thread-safe; never blocks.
 */
public final class Roster {
  private static final Logger LOG = System.getLogger(Roster.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final AgentPool pool;
  private final Connector connector;
  private final Scheduler scheduler;
  private final Fanout fanout;

  // All state below is guarded by this.
  private Map<Address, Sighting> seen = Map.of();
  private final Map<Address, String> admitted = new HashMap<>();
  private final Set<Address> greeted = new HashSet<>();

  public Roster(AgentPool pool, Connector connector, Scheduler scheduler) {
    this.pool = pool;
    this.connector = connector;
    this.scheduler = scheduler;
    this.fanout = new Fanout(scheduler);
  }

  /** These agents are there, and no others. */
  public synchronized void see(List<Sighting> now) {
    var latest = new LinkedHashMap<Address, Sighting>();
    now.forEach(sighting -> latest.putIfAbsent(sighting.address(), sighting));
    seen = latest;
    letGo();
    for (var sighting : latest.values()) {
      sighting
          .name()
          .or(() -> learned(sighting.address()))
          .ifPresentOrElse(
              name -> admit(name, sighting.address()), () -> greet(sighting.address()));
    }
  }

  /** Where and how the agent {@code name} was seen last, if it is there. */
  public synchronized Optional<Sighting> sighting(String name) {
    return admitted.entrySet().stream()
        .filter(entry -> entry.getValue().equals(name))
        .map(entry -> seen.get(entry.getKey()))
        .findFirst();
  }

  private void letGo() {
    var gone = new HashSet<>(admitted.keySet());
    gone.removeAll(seen.keySet());
    for (var address : gone) {
      var name = admitted.remove(address);
      if (!admitted.containsValue(name)) {
        pool.vanish(name, "it is not at " + address + " any more");
      }
      connector.release(address);
    }
  }

  /** Who was at {@code address}, unless another may have taken its place. */
  private Optional<String> learned(Address address) {
    return Optional.ofNullable(admitted.get(address))
        .filter(name -> pool.agent(name).filter(Roster::mayBeAnother).isEmpty());
  }

  private static boolean mayBeAnother(Agent agent) {
    return agent.status().state() == State.REFUSED;
  }

  private void admit(String name, Address address) {
    var other =
        admitted.entrySet().stream()
            .filter(entry -> entry.getValue().equals(name) && !entry.getKey().equals(address))
            .findFirst();
    if (other.isPresent() && seen.containsKey(other.get().getKey())) {
      LOG.log(
          Level.ERROR,
          "TWO AGENTS CALL THEMSELVES {0}: at {1} and at {2}; the second is not used",
          name,
          other.get().getKey(),
          address);
      return;
    }
    admitted.put(address, name);
    pool.admit(name, connector.connect(address));
  }

  private void greet(Address address) {
    if (greeted.add(address)) {
      askWho(address);
    }
  }

  private void askWho(Address address) {
    var node = connector.connect(address).node();
    var context = CallContext.UNBOUNDED.within(PATIENCE, scheduler.instant());
    fanout
        .ask(List.of(address), _ -> node.describe(context), context.deadline())
        .thenAccept(outcomes -> note(address, outcomes.byTarget().get(address)));
  }

  private synchronized void note(Address address, Outcome<Description> outcome) {
    greeted.remove(address);
    if (!seen.containsKey(address)) {
      connector.release(address);
      return;
    }
    if (outcome instanceof Outcome.Answered<Description>(var said) && said.role() == Role.AGENT) {
      var before = admitted.get(address);
      if (before != null && !before.equals(said.name())) {
        admitted.remove(address);
        pool.vanish(before, said.name() + " is at " + address + " now");
      }
      admit(said.name(), address);
      return;
    }
    LOG.log(Level.DEBUG, "no agent yet at {0}: {1}", address, outcome);
    scheduler.after(PAUSE, () -> askAgain(address));
  }

  private synchronized void askAgain(Address address) {
    if (seen.containsKey(address)) {
      greet(address);
    }
  }
}
