package dev.kagami.bench;

import dev.kagami.core.AtTheRim;
import dev.kagami.core.catchup.CatchUpLoop;
import dev.kagami.core.catchup.Pace;
import dev.kagami.core.catchup.Positions;
import dev.kagami.core.store.ChangePosition;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.mirror.mesh.Mesh;
import dev.kagami.mirror.mesh.TargetPhase;
import dev.kagami.mirror.verification.Verification;
import dev.kagami.mirror.verification.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long a site takes to get what it missed, to be compared, and to be repaired: the parts of a
 * mirror that do so, between three gateways with an agent each, over real connections.
 */
final class ReturnedSite {
  private static final int DIMENSION = 100;
  private static final VectorSpace SPACE = new VectorSpace(DIMENSION, Metric.L2);
  private static final int PAUSE_MILLIS = 20;

  private final AgentsOnDisk site;
  private final VectorStore own;

  private ReturnedSite(AgentsOnDisk site) {
    this.site = site;
    this.own = site.overNetwork(SPACE);
  }

  /** Positions that nobody keeps. */
  private static final class InMemory implements Positions {
    private final Map<UUID, ChangePosition> reached = new ConcurrentHashMap<>();

    @Override
    public ChangePosition in(UUID log) {
      return reached.getOrDefault(log, ChangePosition.beginning(log));
    }

    @Override
    public void reached(ChangePosition from, ChangePosition to) {
      reached.put(to.log(), to);
    }

    @Override
    public void startOver() {
      reached.clear();
    }
  }

  /**
   * Loads a site, brings all to a second, most to a third, compares and repairs.
   *
   * @param arguments how many vectors
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int vectors = Integer.parseInt(arguments[0]);
    var folder = Files.createTempDirectory("kagami-bench");
    try (var first = site(folder.resolve("A"));
        var second = site(folder.resolve("B"));
        var third = site(folder.resolve("C"))) {
      var returned = new ReturnedSite(first);
      var whole = second.overNetwork(SPACE);
      var partly = third.overNetwork(SPACE);
      var load = new Load(DIMENSION);
      int most = vectors / 100 * 99;
      print(most + " vectors written at A", () -> load.upTo(most, first.gateway()));
      print("C has them", () -> returned.catchUp(partly));
      print(vectors - most + " more written at A", () -> load.upTo(vectors, first.gateway()));
      print("B has caught up with all " + vectors, () -> returned.catchUp(whole));
      print("A and B compared", () -> returned.compare(whole));
      print("A and C compared, three times", () -> returned.compare(partly));
      print("C repaired", () -> returned.catchUp(partly));
      print("A and C compared", () -> returned.compare(partly));
    }
    System.exit(0); // the logs' threads would keep it
  }

  private static AgentsOnDisk site(Path data) throws IOException {
    return new AgentsOnDisk(Files.createDirectories(data), DIMENSION, 1, 1);
  }

  private static void print(String what, Timed step) throws InterruptedException {
    System.out.println(what + " in " + Timed.millis(step));
  }

  /** Offers {@code target} everything, as when nothing is known of it, and brings what it lacks. */
  @AtTheRim("the loop's timers run by the real clock")
  private void catchUp(VectorStore target) throws InterruptedException {
    var loop =
        new CatchUpLoop(
            own, () -> Optional.of(target), new InMemory(), site.scheduler(), Pace.DEFAULT);
    while (!loop.reachTheEnd().toCompletableFuture().join()) {
      System.out.println("again: " + loop.progress().trouble());
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  @AtTheRim("the verifier's timers run by the real clock")
  private void compare(VectorStore target) throws InterruptedException {
    var mesh = new Mesh(List.of(new Mesh.Member("target", TargetPhase.CONNECTED, target)));
    var verifier = new Verifier(own, () -> mesh, site.scheduler());
    verifier.begin("target");
    while (verifier.result("target").isEmpty()) {
      Thread.sleep(PAUSE_MILLIS);
    }
    System.out.println(told(verifier.result("target").orElseThrow()));
  }

  private static String told(Verification result) {
    return result.state() + ", " + result.differences().size() + " differences " + result.trouble();
  }
}
