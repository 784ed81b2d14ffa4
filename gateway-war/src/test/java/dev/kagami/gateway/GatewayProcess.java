package dev.kagami.gateway;

import dev.kagami.core.AtTheRim;
import dev.kagami.core.clock.ExecutorScheduler;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * A gateway alone in a JVM, without a server around it, for tests of whole sites. Its settings are
 * system properties; it prints what becomes of its agents and copies.
 */
@AtTheRim("a process of its own has the system's clock")
final class GatewayProcess {
  private GatewayProcess() {}

  /** Runs until it is killed. */
  public static void main(String[] arguments) throws InterruptedException {
    var timers = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "timer"));
    timers.setRemoveOnCancelPolicy(true);
    var gateway =
        new Gateway(
            GatewayConfiguration.read(name -> Optional.ofNullable(System.getProperty(name))),
            new ExecutorScheduler(timers, InstantSource.system()),
            Runnable::run,
            (agent, before) ->
                System.out.println(
                    agent
                        + ": "
                        + before.state()
                        + " -> "
                        + agent.status().state()
                        + ", "
                        + agent.status().lastError()));
    gateway.start();
    Thread.currentThread().join();
  }
}
