package dev.kagami.transport.rest;

import io.grpc.ServiceDescriptor;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** All places in HTTP that a process has. Immutable. */
final class Routes {
  private final List<Route> routes;

  Routes(Collection<ServiceDescriptor> services) {
    this.routes =
        services.stream()
            .flatMap(Route::of)
            .sorted(
                Comparator.comparingInt((Route route) -> route.template().literals()).reversed())
            .toList();
  }

  /**
   * A route and what a path gives to it.
   *
   * @param values by field
   */
  record Match(Route route, Map<String, String> values) {}

  /**
   * The route of a request.
   *
   * @throws BadRestRequest 404 if there is none, 405 if there is one for other verbs
   */
  Match match(RestRequest request) {
    var parts = PathTemplate.split(request.path());
    var query = PercentEncoding.query(request.query());
    var others = new TreeSet<String>();
    for (var route : routes) {
      var values = route.template().match(parts, query);
      if (values.isPresent()) {
        if (route.verb().equals(request.verb())) {
          return new Match(route, values.get());
        }
        others.add(route.verb());
      }
    }
    if (others.isEmpty()) {
      throw new BadRestRequest(404, "nothing is at this path");
    }
    throw new BadRestRequest(405, "this path takes " + String.join(", ", others));
  }
}
