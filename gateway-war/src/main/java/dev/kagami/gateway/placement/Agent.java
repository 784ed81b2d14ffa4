package dev.kagami.gateway.placement;

import static java.util.Objects.requireNonNull;

import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.Node;
import dev.kagami.core.store.VectorStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** One known agent: where it is, how to ask it, and whether to. Thread-safe. */
public final class Agent {
  private final String name;
  private final String address;
  private final VectorStore store;
  private final Node node;

  // Written by the pool alone, one description after another.
  private volatile AgentStatus status = AgentStatus.UNMET;

  /**
   * @param name by which it is placed; it must call itself the same
   * @param address where it is, for people
   */
  public Agent(String name, String address, VectorStore store, Node node) {
    this.name = requireNonNull(name, "name");
    this.address = requireNonNull(address, "address");
    this.store = requireNonNull(store, "store");
    this.node = requireNonNull(node, "node");
  }

  public String name() {
    return name;
  }

  public String address() {
    return address;
  }

  public AgentStatus status() {
    return status;
  }

  void become(AgentStatus now) {
    status = now;
  }

  Node node() {
    return node;
  }

  /** Asks the agent, if it is used; else fails with {@link #unused()} and it hears nothing. */
  <R> CompletionStage<R> ask(Function<VectorStore, CompletionStage<R>> call) {
    return status.isUsed() ? call.apply(store) : CompletableFuture.failedStage(unused());
  }

  /** Why it is not used. */
  Unavailable unused() {
    return new Unavailable(name + " at " + address + " is not used: " + status.lastError());
  }

  /** Whether it answered the last time; who did not is spared by reads, and costs them nothing. */
  boolean isHeard() {
    return status.state() == AgentStatus.State.READY;
  }

  /** Why it is spared. */
  Unavailable spared() {
    return new Unavailable(name + " at " + address + " is silent: " + status.lastError());
  }

  @Override
  public String toString() {
    return name;
  }
}
