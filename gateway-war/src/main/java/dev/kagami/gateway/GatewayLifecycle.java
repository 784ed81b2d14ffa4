package dev.kagami.gateway;

import dev.kagami.core.AtTheRim;
import dev.kagami.core.clock.ExecutorScheduler;
import dev.kagami.core.clock.Scheduler;
import dev.kagami.gateway.placement.Agent;
import dev.kagami.gateway.placement.AgentPool;
import dev.kagami.gateway.placement.AgentStatus;
import dev.kagami.transport.rest.Transcoder;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Where the container and the gateway meet: reads the configuration, makes the one timer thread and
 * the gateway, starts and stops them, and offers the parts that resources and health checks need.
 */
@ApplicationScoped
@AtTheRim("makes the clock and the timer thread that everything else is given")
class GatewayLifecycle {
  private static final Logger LOG = System.getLogger(GatewayLifecycle.class.getName());

  private final ScheduledThreadPoolExecutor timers =
      new ScheduledThreadPoolExecutor(1, GatewayLifecycle::timerThread);
  private final Scheduler scheduler = new ExecutorScheduler(timers, InstantSource.system());

  private final ExecutorService blocking =
      Executors.newCachedThreadPool(GatewayLifecycle::blockingThread);

  // Set once, by start.
  private volatile Optional<Gateway> gateway = Optional.empty();

  /**
   * Everything that may fail is done here: what an observer throws stands in the server's log as it
   * is, what a bean's construction throws is hidden behind the words of the CDI implementation.
   */
  void start(@Observes Startup event) {
    timers.setRemoveOnCancelPolicy(true);
    var config = ConfigProvider.getConfig();
    var made =
        new Gateway(
            GatewayConfiguration.read(name -> config.getOptionalValue(name, String.class)),
            scheduler,
            blocking,
            GatewayLifecycle::tell);
    gateway = Optional.of(made);
    made.start();
    LOG.log(Level.INFO, "the gateway takes calls");
  }

  void stop(@Observes Shutdown event) {
    gateway.ifPresent(Gateway::close);
  }

  @PreDestroy
  void end() {
    gateway.ifPresent(Gateway::close);
    timers.shutdownNow();
    blocking.shutdownNow();
  }

  private static Thread timerThread(Runnable task) {
    var thread = new Thread(task, "kagami-gateway-timer");
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(
        (_, failure) -> LOG.log(Level.ERROR, "a timer of the gateway failed", failure));
    return thread;
  }

  private static Thread blockingThread(Runnable task) {
    var thread = new Thread(task, "kagami-gateway-discovery");
    thread.setDaemon(true);
    thread.setContextClassLoader(GatewayLifecycle.class.getClassLoader());
    return thread;
  }

  private static void tell(Agent agent, AgentStatus before) {
    var now = agent.status();
    var place = "agent " + agent.name() + " at " + agent.address();
    switch (now.state()) {
      case READY -> LOG.log(Level.INFO, "{0} is ready", place);
      case REFUSED -> LOG.log(Level.ERROR, "{0} IS NOT USED: {1}", place, now.lastError());
      case SILENT -> LOG.log(Level.WARNING, "{0} is silent: {1}", place, now.lastError());
      case VANISHED -> LOG.log(Level.WARNING, "{0} has vanished: {1}", place, now.lastError());
      case CONNECTING -> LOG.log(Level.INFO, "{0} is not there yet: {1}", place, now.lastError());
    }
  }

  @Produces
  @Singleton
  Transcoder transcoder() {
    return gateway().transcoder();
  }

  @Produces
  @Singleton
  AgentPool agents() {
    return gateway().agents();
  }

  @Produces
  @Singleton
  Scheduler scheduler() {
    return scheduler;
  }

  @Produces
  @Singleton
  Gateway gateway() {
    return gateway.orElseThrow(() -> new IllegalStateException("the gateway has not started"));
  }
}
