package dev.kagami.transport.grpc;

import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Node;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.WriterClaims;
import io.grpc.BindableService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/**
 * Which services a role serves: those of the same role in Vald, and our own {@code kagami.v1}. The
 * mirror's {@code mirror.v1.Mirror} needs the mesh and is added by the mirror itself.
 */
public final class ValdServices {
  private ValdServices() {}

  /** An agent that keeps no account of its gateways' numbers. */
  public static List<BindableService> agent(VectorStore store, Node node) {
    return agent(store, node, new NodeGrpcService(node));
  }

  /**
   * An agent.
   *
   * @param claims what it grants to its gateways
   */
  public static List<BindableService> agent(VectorStore store, Node node, WriterClaims claims) {
    return agent(store, node, NodeGrpcService.granting(node, claims));
  }

  private static List<BindableService> agent(
      VectorStore store, Node node, NodeGrpcService nodeService) {
    var services = common(store, node, Searches.OfNothing.EMPTY, VectorFilters.NONE);
    services.add(new AgentGrpcService(store));
    services.add(nodeService);
    return List.copyOf(services);
  }

  /** A gateway without filters. */
  public static List<BindableService> gateway(VectorStore store, Node node) {
    return gateway(store, node, VectorFilters.NONE);
  }

  /** A gateway, which is Vald's filter gateway as well. */
  public static List<BindableService> gateway(VectorStore store, Node node, VectorFilters filters) {
    var services = common(store, node, Searches.OfNothing.NOT_FOUND, filters);
    services.add(
        new FilterGrpcService(
            new Searches(store, Searches.OfNothing.NOT_FOUND, filters),
            new FilteredWrites(store, filters)));
    services.add(new NodeGrpcService(node));
    return List.copyOf(services);
  }

  /** A mirror that answers Clock with the greatest stamp of its description. */
  public static List<BindableService> mirror(VectorStore store, Node node) {
    var services = common(store, node, Searches.OfNothing.NOT_FOUND, VectorFilters.NONE);
    services.add(new NodeGrpcService(node));
    return List.copyOf(services);
  }

  /**
   * A mirror with a clock of its own.
   *
   * @param clock is shown a peer's latest stamp and tells the own one
   */
  public static List<BindableService> mirror(
      VectorStore store, Node node, BiFunction<Stamp, CallContext, CompletionStage<Stamp>> clock) {
    var services = common(store, node, Searches.OfNothing.NOT_FOUND, VectorFilters.NONE);
    services.add(new NodeGrpcService(node, clock));
    return List.copyOf(services);
  }

  private static List<BindableService> common(
      VectorStore store, Node node, Searches.OfNothing ofNothing, VectorFilters filters) {
    var services = new ArrayList<BindableService>();
    var writes = new FilteredWrites(store, filters);
    services.add(new InsertGrpcService(writes));
    services.add(new UpdateGrpcService(writes));
    services.add(new UpsertGrpcService(writes));
    services.add(new RemoveGrpcService(store));
    services.add(new SearchGrpcService(new Searches(store, ofNothing, filters)));
    services.add(new ObjectGrpcService(store, filters));
    services.add(new IndexGrpcService(store));
    services.add(new FlushGrpcService(store));
    services.add(new StatsGrpcService(node));
    services.add(new StoreGrpcService(store));
    services.add(new ChangesGrpcService(store));
    return services;
  }
}
