package dev.kagami.bench;

import dev.kagami.core.AtTheRim;
import dev.kagami.gateway.placement.CorrectionStatus;
import java.io.IOException;
import java.nio.file.Files;

/** How long a gateway takes to make the copies again that one of three agents held. */
final class LostAgent {
  private static final int DIMENSION = 100;
  private static final int AGENTS = 3;
  private static final int COPIES = 2;
  private static final int PAUSE_MILLIS = 20;

  private final AgentsOnDisk site;

  private LostAgent(AgentsOnDisk site) {
    this.site = site;
  }

  /**
   * Loads, loses an agent, waits and tells.
   *
   * @param arguments how many vectors
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int vectors = Integer.parseInt(arguments[0]);
    var folder = Files.createTempDirectory("kagami-bench");
    try (var site = new AgentsOnDisk(folder, DIMENSION, AGENTS, COPIES)) {
      var lost = new LostAgent(site);
      System.out.println(
          vectors
              + " vectors written in "
              + Timed.millis(() -> new Load(DIMENSION).upTo(vectors, site.gateway())));
      System.out.println("copies of agent-3 made again in " + Timed.millis(lost::lose));
      System.out.println(lost.status().findings());
    }
    System.exit(0); // the logs' threads would keep it
  }

  @AtTheRim("the gateway's timers run by the real clock")
  private void lose() throws InterruptedException {
    long before = status().rounds();
    site.pool().vanish("agent-3", "lost");
    var _ = site.pool().forget("agent-3");
    while (status().rounds() == before) {
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private CorrectionStatus status() {
    return site.gateway().correction().orElseThrow();
  }
}
