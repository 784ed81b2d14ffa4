package dev.kagami.gateway.discovery;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.gateway.placement.Agent;
import dev.kagami.gateway.placement.AgentPool;
import dev.kagami.gateway.placement.AgentStatus.State;
import dev.kagami.transport.codec.StatusMapping;
import io.grpc.stub.StreamObserver;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.vdaas.vald.api.v1.discoverer.DiscovererGrpc;
import org.vdaas.vald.api.v1.payload.Discoverer;
import org.vdaas.vald.api.v1.payload.Info;

/**
 * {@code discoverer.v1.Discoverer}: the agents that answer, for Vald's own gateways and jobs. Each
 * agent is a pod; where nobody tells its machine, its host is taken for it. Everything is sorted
 * lightest first.
 */
final class DiscovererGrpcService extends DiscovererGrpc.DiscovererImplBase {
  private static final String ANY = "*";
  private static final Comparator<Info.Pod> LIGHTEST_POD =
      Comparator.comparingDouble((Info.Pod pod) -> pod.getMemory().getUsage())
          .thenComparing(Info.Pod::getName);
  private static final Comparator<Info.Node> LIGHTEST_NODE =
      Comparator.comparingDouble((Info.Node node) -> node.getMemory().getUsage())
          .thenComparing(Info.Node::getName);

  private final ServedNames names;
  private final AgentPool agents;
  private final Roster roster;
  private final AgentLoads loads;

  DiscovererGrpcService(ServedNames names, AgentPool agents, Roster roster, AgentLoads loads) {
    this.names = names;
    this.agents = agents;
    this.roster = roster;
    this.loads = loads;
  }

  @Override
  public void pods(Discoverer.Request request, StreamObserver<Info.Pods> answers) {
    var pods =
        nodes(request).stream()
            .flatMap(node -> {
              var bare = node.toBuilder().clearPods().build();
              return node.getPods().getPodsList().stream()
                  .map(pod -> pod.toBuilder().setNode(bare).build());
            })
            .sorted(LIGHTEST_POD)
            .toList();
    answer("Pods", request, pods, Info.Pods.newBuilder().addAllPods(pods).build(), answers);
  }

  @Override
  public void nodes(Discoverer.Request request, StreamObserver<Info.Nodes> answers) {
    var nodes = nodes(request);
    answer("Nodes", request, nodes, Info.Nodes.newBuilder().addAllNodes(nodes).build(), answers);
  }

  /** The one service that the agents are. */
  @Override
  public void services(Discoverer.Request request, StreamObserver<Info.Services> answers) {
    var services =
        hasNames(request)
            ? List.of(
                Info.Service.newBuilder()
                    .setName(names.agents())
                    .addPorts(Info.ServicePort.newBuilder().setName("grpc").setPort(port()))
                    .build())
            : List.<Info.Service>of();
    answer(
        "Services",
        request,
        services,
        Info.Services.newBuilder().addAllServices(services).build(),
        answers);
  }

  private static <A> void answer(
      String rpc, Discoverer.Request request, List<?> found, A message, StreamObserver<A> answers) {
    if (found.isEmpty()) {
      answers.onError(
          StatusMapping.toException(
              new NotFound(
                  rpc
                      + " API request (name: "
                      + request.getName()
                      + ", namespace: "
                      + request.getNamespace()
                      + ", node: "
                      + request.getNode()
                      + ") failed: nothing is known of that")));
      return;
    }
    answers.onNext(message);
    answers.onCompleted();
  }

  private List<Info.Node> nodes(Discoverer.Request request) {
    if (!hasNames(request)) {
      return List.of();
    }
    Predicate<String> wanted = node -> matches(request.getNode(), node);
    var byNode =
        agents.agents().stream()
            .filter(agent -> agent.status().state() == State.READY)
            .filter(agent -> wanted.test(node(agent)))
            .collect(groupingBy(this::node, TreeMap::new, toList()));
    return byNode.entrySet().stream()
        .map(entry -> node(entry.getKey(), entry.getValue()))
        .sorted(LIGHTEST_NODE)
        .toList();
  }

  private Info.Node node(String name, List<Agent> on) {
    var pods = on.stream().map(this::pod).sorted(LIGHTEST_POD).toList();
    double usage = pods.stream().mapToDouble(pod -> pod.getMemory().getUsage()).sum();
    return Info.Node.newBuilder()
        .setName(name)
        .setMemory(Info.Memory.newBuilder().setUsage(usage))
        .setPods(Info.Pods.newBuilder().addAllPods(pods))
        .build();
  }

  private Info.Pod pod(Agent agent) {
    return Info.Pod.newBuilder()
        .setAppName(names.agents())
        .setName(agent.name())
        .setNamespace(names.namespace())
        .setIp(host(agent))
        .setMemory(Info.Memory.newBuilder().setUsage(loads.of(agent)))
        .build();
  }

  private String node(Agent agent) {
    return roster
        .sighting(agent.name())
        .map(Sighting::node)
        .filter(node -> !node.isEmpty())
        .orElseGet(() -> host(agent));
  }

  private String host(Agent agent) {
    return roster.sighting(agent.name()).map(sighting -> sighting.address().host()).orElse("");
  }

  /** Vald's clients use one port for all agents, so any of them will do. */
  private int port() {
    return agents.agents().stream()
        .flatMap(agent -> roster.sighting(agent.name()).stream())
        .mapToInt(sighting -> sighting.address().port())
        .findFirst()
        .orElse(0);
  }

  private boolean hasNames(Discoverer.Request request) {
    return matches(request.getName(), names.agents())
        && matches(request.getNamespace(), names.namespace());
  }

  private static boolean matches(String wanted, String is) {
    return wanted.isEmpty() || wanted.equals(ANY) || wanted.equals(is);
  }
}
