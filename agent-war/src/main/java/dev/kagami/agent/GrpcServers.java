package dev.kagami.agent;

import dev.kagami.core.AtTheRim;
import dev.kagami.core.store.Node;
import dev.kagami.transport.grpc.ServerSettings;
import dev.kagami.transport.grpc.ValdServer;
import dev.kagami.transport.grpc.ValdServices;
import dev.kagami.transport.peer.MeshSecret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Optional;

/** Opens the agent's gRPC port once the log is read, and closes it before the agent. */
@ApplicationScoped
public class GrpcServers {
  private RunningAgent running;
  private volatile Optional<ValdServer> server = Optional.empty();

  /** For CDI. */
  protected GrpcServers() {}

  @Inject
  GrpcServers(RunningAgent running) {
    this.running = running;
  }

  @AtTheRim("gives the server its clock")
  void start(@Observes Startup event) {
    var agent = running.agent();
    var configuration = agent.configuration();
    var settings =
        new ServerSettings(
            configuration.host(),
            configuration.port(),
            Node.Role.AGENT,
            MeshSecret.read(configuration.secretFile()),
            InstantSource.system());
    var started = new ValdServer(settings, ValdServices.agent(agent.store(), agent));
    started.serving(true);
    server = Optional.of(started);
    System.getLogger(GrpcServers.class.getName())
        .log(
            Level.INFO,
            "Agent {0} of site {1} listens on {2}:{3}",
            configuration.identity().name(),
            configuration.site(),
            configuration.host(),
            String.valueOf(started.port()));
  }

  void stop(@Observes Shutdown event) {
    server.ifPresent(ValdServer::close);
    server = Optional.empty();
  }

  boolean isServing() {
    return server.isPresent();
  }
}
