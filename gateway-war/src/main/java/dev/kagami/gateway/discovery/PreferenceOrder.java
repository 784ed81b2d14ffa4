package dev.kagami.gateway.discovery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.vdaas.vald.api.v1.payload.Info;

/** The order in which Vald's gateways prefer agents. Pure. */
final class PreferenceOrder {
  private PreferenceOrder() {}

  /**
   * First the lightest pod of every node, the lightest node first, then the second of each, and so
   * on; light is little memory in use. So agents that follow each other are on different machines
   * as far as there are any. Each pod names its node, and its node has no pods.
   */
  static List<Info.Pod> of(Info.Nodes nodes) {
    var queues =
        nodes.getNodesList().stream()
            .sorted(Comparator.comparingDouble(node -> node.getMemory().getUsage()))
            .map(PreferenceOrder::pods)
            .toList();
    var order = new ArrayList<Info.Pod>();
    for (int round = 0; queues.stream().mapToInt(List::size).sum() > order.size(); round++) {
      for (var queue : queues) {
        if (round < queue.size()) {
          order.add(queue.get(round));
        }
      }
    }
    return order;
  }

  private static List<Info.Pod> pods(Info.Node node) {
    var bare = node.toBuilder().clearPods().build();
    return node.getPods().getPodsList().stream()
        .sorted(Comparator.comparingDouble(pod -> pod.getMemory().getUsage()))
        .map(pod -> pod.toBuilder().setNode(bare).build())
        .toList();
  }
}
