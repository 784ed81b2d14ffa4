package dev.kagami.mirror.mesh;

import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.core.error.ValdException.ResourceExhausted;
import dev.kagami.transport.client.Address;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Answers mirrors that make their targets known. Whoever calls was recognised as a peer before.
 * Thread-safe; never blocks.
 */
final class Registration {
  private final OwnNode own;
  private final Announcements announcements;
  private final TargetRegistry registry;
  private final Links links;
  private final Executor blocking;

  Registration(
      OwnNode own,
      Announcements announcements,
      TargetRegistry registry,
      Links links,
      Executor blocking) {
    this.own = own;
    this.announcements = announcements;
    this.registry = registry;
    this.links = links;
    this.blocking = blocking;
  }

  /**
   * Takes over the addresses that are not known, all or none; one that an operator has removed
   * stays removed. The own address among them means nothing.
   *
   * @return the addresses of all targets that are connected, and the own one
   * @throws InvalidArgument if there is none, there are more than 100, or one cannot be a target
   * @throws ResourceExhausted (the stage) if more than 100 would be known
   */
  CompletionStage<List<Address>> register(List<Announced> announced) {
    var addresses = announcements.check(announced);
    if (registry.unknown(addresses).isEmpty()) {
      return CompletableFuture.completedStage(answer());
    }
    return CompletableFuture.runAsync(() -> registry.learn(addresses), blocking)
        .thenApply(_ -> answer());
  }

  private List<Address> answer() {
    return own.withConnected(links.connected());
  }
}
