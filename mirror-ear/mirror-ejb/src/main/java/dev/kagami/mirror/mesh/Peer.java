package dev.kagami.mirror.mesh;

import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Node;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VectorStore;
import dev.kagami.transport.client.Address;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The process at a target's address. Nothing blocks, each call ends by its context's deadline, and
 * a failed one ends with a {@link dev.kagami.core.error.ValdException}.
 */
public interface Peer extends Node {

  /** Tells it the greatest stamp seen here and learns the greatest one seen there. */
  CompletionStage<Stamp> clock(Stamp mine, CallContext context);

  /**
   * Tells it whom this mirror is connected to, itself included.
   *
   * @return whom it is connected to, itself included
   */
  CompletionStage<List<Announced>> register(List<Address> connected, CallContext context);

  /** Tells it what operators have said of the mesh, as far as known here, and hears the same. */
  CompletionStage<List<Membership>> memberships(List<Membership> mine, CallContext context);

  /** The site behind it, called {@code name} in messages. */
  VectorStore store(String name);
}
