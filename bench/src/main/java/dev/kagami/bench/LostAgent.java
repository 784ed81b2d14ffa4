package dev.kagami.bench;

import dev.kagami.core.AtTheRim;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.gateway.placement.CorrectionStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How long a gateway takes to make the copies again that one of three agents held. */
final class LostAgent {
  private static final int DIMENSION = 100;
  private static final int AGENTS = 3;
  private static final int COPIES = 2;
  private static final int IN_FLIGHT = 64;
  private static final int PAUSE_MILLIS = 20;

  private final Random random = new Random(42);
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
      System.out.println(vectors + " vectors written in " + millis(() -> lost.load(vectors)));
      System.out.println("copies of agent-3 made again in " + millis(lost::lose));
      System.out.println(lost.status().findings());
    }
    System.exit(0); // the logs' threads would keep it
  }

  /** Something to be timed. */
  private interface Step {
    void run() throws InterruptedException;
  }

  private static String millis(Step step) throws InterruptedException {
    long start = System.nanoTime();
    step.run();
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + " ms";
  }

  private void load(int vectors) throws InterruptedException {
    var free = new Semaphore(IN_FLIGHT);
    for (int i = 0; i < vectors; i++) {
      var insert = new Mutation.Insert(new VectorId("id-" + i), vector(), WriteTime.UNSTAMPED);
      free.acquire();
      var _ =
          site.gateway()
              .apply(insert, CallContext.UNBOUNDED)
              .whenComplete((_, failure) -> {
                if (failure != null) {
                  System.out.println("a write failed: " + failure);
                }
                free.release();
              });
    }
    free.acquire(IN_FLIGHT);
  }

  private Vector vector() {
    var components = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      components[i] = random.nextFloat();
    }
    return Vector.adopt(components);
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
