package dev.kagami.transport.grpc;

import dev.kagami.core.store.CheckedVectorStore;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.Node;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Which RPCs of its services each role answers with UNIMPLEMENTED, found in the classes. */
final class UnimplementedRpcs {
  private static final VectorSpace SPACE = new VectorSpace(2, Metric.L2);
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  private UnimplementedRpcs() {}

  /** The page, one section per role. */
  static String page() {
    return """
    # RPCs that are not built

    Registered, so that reflection shows them; a call is answered with UNIMPLEMENTED. Made from
    the service classes; do not edit.

    """
        + section("Agent", ValdServices.agent(store(), node(Node.Role.AGENT)))
        + section("Gateway", ValdServices.gateway(store(), node(Node.Role.GATEWAY)))
        + section("Mirror", ValdServices.mirror(store(), node(Node.Role.MIRROR)))
        + "The mirror's `mirror.v1.Mirror` is added by the mirror itself and is not part of this "
        + "page.\n";
  }

  private static VectorStore store() {
    return new CheckedVectorStore(
        new InMemoryVectorStore("none", SPACE, new WriterNumber(1, 0), CLOCK), SPACE, CLOCK);
  }

  private static Node node(Node.Role role) {
    return FixedNode.named("none", role, SPACE);
  }

  private static String section(String role, List<BindableService> services) {
    var text = new StringBuilder();
    for (var service : services) {
      var definition = service.bindService().getServiceDescriptor();
      var missing =
          definition.getMethods().stream()
              .filter(method -> !isBuilt(service, method))
              .map(MethodDescriptor::getBareMethodName)
              .sorted()
              .toList();
      if (!missing.isEmpty()) {
        text.append("- `" + definition.getName() + "`: " + String.join(", ", missing) + "\n");
      }
    }
    return "## " + role + "\n\n" + (text.isEmpty() ? "None.\n" : text) + "\n";
  }

  /** Built is what the service's own class overrides; the rest lies in generated ones. */
  private static boolean isBuilt(BindableService service, MethodDescriptor<?, ?> rpc) {
    var name = rpc.getBareMethodName();
    var method = name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    return Arrays.stream(service.getClass().getDeclaredMethods())
        .anyMatch(declared -> declared.getName().equals(method));
  }
}
