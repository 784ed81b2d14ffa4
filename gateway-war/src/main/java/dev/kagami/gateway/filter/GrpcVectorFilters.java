package dev.kagami.gateway.filter;

import static java.util.concurrent.CompletableFuture.completedStage;

import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.core.error.ValdException.PermissionDenied;
import dev.kagami.core.store.CallContext;
import dev.kagami.transport.client.Address;
import dev.kagami.transport.client.ChannelPool;
import dev.kagami.transport.grpc.VectorFilters;
import io.grpc.MethodDescriptor;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vdaas.vald.api.v1.filter.ingress.FilterGrpc;
import org.vdaas.vald.api.v1.payload.Filter;
import org.vdaas.vald.api.v1.payload.Object;

/**
 * Filters at other addresses, asked one after the other: the configured ones, then those that the
 * request names. Thread-safe; never blocks.
 */
public final class GrpcVectorFilters implements VectorFilters {
  /** Hits of one search that a filter is asked about at a time. */
  static final int IN_FLIGHT = 20;

  private static final String LOCAL = "localhost";

  // Both services are called Filter, so their classes cannot both be imported.
  private static final MethodDescriptor<Object.Blob, Object.Vector> GEN_VECTOR =
      FilterGrpc.getGenVectorMethod();
  private static final MethodDescriptor<Object.Vector, Object.Vector> FILTER_VECTOR =
      FilterGrpc.getFilterVectorMethod();
  private static final MethodDescriptor<Object.Distance, Object.Distance> FILTER_DISTANCE =
      org.vdaas.vald.api.v1.filter.egress.FilterGrpc.getFilterDistanceMethod();
  private static final MethodDescriptor<Object.Vector, Object.Vector> FILTER_STORED =
      org.vdaas.vald.api.v1.filter.egress.FilterGrpc.getFilterVectorMethod();

  private final FilterSettings settings;
  private final FilterCalls calls;

  public GrpcVectorFilters(FilterSettings settings, ChannelPool channels, InstantSource clock) {
    this.settings = settings;
    this.calls = new FilterCalls(channels, settings.timeout(), clock);
  }

  @Override
  public boolean hasIngress(Use use, Filter.Config named) {
    return named.getTargetsCount() > 0 || !settings.ingress().get(use).isEmpty();
  }

  @Override
  public CompletionStage<Object.Vector> ingress(
      Use use, Filter.Config named, Object.Vector vector, CallContext call) {
    CompletionStage<Object.Vector> stage = completedStage(vector);
    for (var target : targets(settings.ingress().get(use), named)) {
      stage =
          stage.thenCompose(before ->
              calls
                  .ask(target, FILTER_VECTOR, before, call)
                  .thenApply(after -> named(before, after)));
    }
    return stage;
  }

  /** A filter that only looks at floats need not repeat the rest. */
  private static Object.Vector named(Object.Vector before, Object.Vector after) {
    var vector = after.toBuilder();
    if (after.getId().isEmpty()) {
      vector.setId(before.getId());
    }
    if (after.getTimestamp() == 0) {
      vector.setTimestamp(before.getTimestamp());
    }
    return vector.build();
  }

  @Override
  public boolean hasDistance(Filter.Config named) {
    return named.getTargetsCount() > 0 || !settings.distance().isEmpty();
  }

  @Override
  public CompletionStage<List<Object.Distance>> distances(
      Filter.Config named, List<Object.Distance> hits, CallContext call) {
    CompletionStage<List<Object.Distance>> stage = completedStage(hits);
    for (var target : targets(settings.distance(), named)) {
      stage = stage.thenCompose(before -> each(target, before, 0, new ArrayList<>(), call));
    }
    return stage;
  }

  private CompletionStage<List<Object.Distance>> each(
      Address target,
      List<Object.Distance> hits,
      int done,
      List<Object.Distance> filtered,
      CallContext call) {
    if (done == hits.size()) {
      return completedStage(filtered);
    }
    int end = Math.min(done + IN_FLIGHT, hits.size());
    var answers =
        hits.subList(done, end).stream()
            .map(hit -> calls.ask(target, FILTER_DISTANCE, hit, call).toCompletableFuture())
            .toList();
    return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
        .thenCompose(_ -> {
          answers.forEach(answer -> filtered.add(answer.join()));
          return each(target, hits, end, filtered, call);
        });
  }

  @Override
  public CompletionStage<Object.Vector> stored(
      Filter.Config named, Object.Vector vector, CallContext call) {
    CompletionStage<Object.Vector> stage = completedStage(vector);
    for (var target : targets(settings.object(), named)) {
      stage =
          stage.thenCompose(before ->
              calls
                  .ask(target, FILTER_STORED, before, call)
                  .thenApply(after -> named(before, after)));
    }
    return stage;
  }

  @Override
  public CompletionStage<Object.Vector> vectorize(
      Filter.Target vectorizer, Object.Blob object, CallContext call) {
    return calls
        .ask(vectorizer(vectorizer), GEN_VECTOR, object, call)
        .thenApply(vector ->
            vector.getId().isEmpty() ? vector.toBuilder().setId(object.getId()).build() : vector);
  }

  private Address vectorizer(Filter.Target target) {
    if (!target.equals(Filter.Target.getDefaultInstance())) {
      return allowed(target, "vectorizer");
    }
    return settings
        .vectorizer()
        .orElseThrow(() ->
            new InvalidArgument(
                "vectorizer",
                "vectorizer is missing, and kagami.gateway.filter.vectorizer is not set"));
  }

  private List<Address> targets(List<Address> configured, Filter.Config named) {
    if (named.getTargetsCount() == 0) {
      return configured;
    }
    var targets = new ArrayList<>(configured);
    named.getTargetsList().forEach(target -> targets.add(allowed(target, "filters.targets")));
    return targets;
  }

  private Address allowed(Filter.Target target, String field) {
    var address = address(target, field);
    if (!settings.allows(address)) {
      throw new PermissionDenied(
          field + " names " + address + "; requests may name those of kagami.gateway.filter.named");
    }
    return address;
  }

  private static Address address(Filter.Target target, String field) {
    var host = target.getHost().isEmpty() ? LOCAL : target.getHost();
    try {
      return new Address(host, target.getPort());
    } catch (IllegalArgumentException e) {
      throw new InvalidArgument(field, field + ": " + e.getMessage());
    }
  }
}
