package dev.kagami.gateway.placement;

import static java.util.Objects.requireNonNull;

import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.Node;
import dev.kagami.core.store.VectorStore;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** One known agent: where it is, how to ask it, and whether to. Thread-safe. */
public final class Agent {
  /** Whether an operator wants it to be emptied, and how far that is. */
  public enum Drain {
    NONE,
    RUNNING,
    /** Everything that it holds is elsewhere as often as it shall be; it may go. */
    DONE
  }

  /**
   * Where an agent is and how it is asked.
   *
   * @param address for people
   */
  public record Connection(String address, VectorStore store, Node node) {
    public Connection {
      requireNonNull(address, "address");
      requireNonNull(store, "store");
      requireNonNull(node, "node");
    }
  }

  private static final Instant LONG_AGO = Instant.EPOCH;

  private final String name;

  private final AtomicLong missed = new AtomicLong();
  private volatile long caughtUp;

  // Both are written by the pool alone.
  private volatile Connection connection;
  private volatile AgentStatus status = AgentStatus.UNMET;
  private volatile Instant since = Instant.MAX;
  private volatile Instant vouched = LONG_AGO;

  // Written by the correction alone.
  private volatile boolean lost;
  private volatile Drain drain = Drain.NONE;

  /**
   * @param name by which it is placed; it must call itself the same
   * @param address where it is, for people
   */
  public Agent(String name, String address, VectorStore store, Node node) {
    this(name, new Connection(address, store, node));
  }

  Agent(String name, Connection connection) {
    this.name = requireNonNull(name, "name");
    this.connection = connection;
  }

  public String name() {
    return name;
  }

  public String address() {
    return connection.address();
  }

  public AgentStatus status() {
    return status;
  }

  void become(AgentStatus now, Instant when) {
    boolean isReady = now.state() == AgentStatus.State.READY;
    if (isReady != isReady() || since.equals(Instant.MAX)) {
      since = when;
    }
    status = now;
  }

  /** Since when it answers, or does not; {@link Instant#MAX} before it was ever asked. */
  Instant since() {
    return since;
  }

  /** When it was asked what {@link #status} describes; long ago if it may be another by now. */
  Instant vouched() {
    return vouched;
  }

  void vouches(Instant asked) {
    vouched = asked;
  }

  void vouchesNoMore() {
    vouched = LONG_AGO;
  }

  Connection connection() {
    return connection;
  }

  void moveTo(Connection now) {
    vouchesNoMore();
    connection = now;
  }

  /** Asks the agent, if it is used; else fails with UNAVAILABLE and it hears nothing. */
  public <R> CompletionStage<R> ask(Function<VectorStore, CompletionStage<R>> call) {
    return status.isUsed()
        ? call.apply(connection.store())
        : CompletableFuture.failedStage(unused());
  }

  /** Why it is not used. */
  Unavailable unused() {
    return new Unavailable(name + " at " + address() + " is not used: " + status.lastError());
  }

  /** Whether it answered the last time. */
  boolean isReady() {
    return status.state() == AgentStatus.State.READY;
  }

  /** Whether reads ask it. Who is silent, or may hold old copies, is spared and costs nothing. */
  boolean isHeard() {
    return isReady() && !isBehind();
  }

  /** Why reads do not ask it. */
  Unavailable spared() {
    if (!status.isUsed()) {
      return unused();
    }
    return new Unavailable(
        isReady()
            ? name + " at " + address() + " has missed writes and is being brought up to date"
            : name + " at " + address() + " is silent: " + status.lastError());
  }

  /**
   * Whether copies are put on it. Else others get copies of what it holds, and it is read and
   * written as long as it is there.
   */
  boolean isPlaced() {
    return !lost && drain == Drain.NONE;
  }

  /** Whether it is away for so long that others get copies of what it held. */
  void countAsLost(boolean isLost) {
    lost = isLost;
  }

  public Drain drain() {
    return drain;
  }

  void drain(Drain now) {
    drain = now;
  }

  /** Whether it has missed writes. */
  boolean isBehind() {
    return missed.get() != caughtUp;
  }

  /** A write goes past it, or it may have forgotten some. */
  void misses() {
    missed.incrementAndGet();
  }

  /** How much it has missed so far, for {@link #catchesUp}. */
  long missed() {
    return missed.get();
  }

  /** It has whatever it had missed when {@link #missed} said {@code until}. */
  void catchesUp(long until) {
    caughtUp = until;
  }

  @Override
  public String toString() {
    return name;
  }
}
