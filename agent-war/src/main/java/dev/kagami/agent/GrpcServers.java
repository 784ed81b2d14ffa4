package dev.kagami.agent;

import dev.kagami.core.AtTheRim;
import dev.kagami.core.store.Node;
import dev.kagami.core.store.WriterClaims;
import dev.kagami.transport.grpc.InProcessServer;
import dev.kagami.transport.grpc.ServerSettings;
import dev.kagami.transport.grpc.ValdServer;
import dev.kagami.transport.grpc.ValdServices;
import dev.kagami.transport.peer.MeshSecret;
import dev.kagami.transport.rest.Transcoder;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Optional;

/** Opens the agent's gRPC port once the log is read, and closes it before the agent. */
@ApplicationScoped
public class GrpcServers {
  private RunningAgent running;
  private volatile Optional<ValdServer> server = Optional.empty();
  private volatile Optional<InProcessServer> inProcess = Optional.empty();

  /** For CDI. */
  protected GrpcServers() {}

  @Inject
  GrpcServers(RunningAgent running) {
    this.running = running;
  }

  @AtTheRim("gives the server its clock")
  void start(@Observes @Priority(RunningAgent.FIRST + 1) Startup event) {
    var agent = running.agent();
    var configuration = agent.configuration();
    var settings =
        new ServerSettings(
            configuration.host(),
            configuration.port(),
            Node.Role.AGENT,
            MeshSecret.read(configuration.secretFile()),
            InstantSource.system());
    var services = ValdServices.agent(agent.store(), agent, new WriterClaims(settings.clock()));
    inProcess =
        Optional.of(
            new InProcessServer(services, Node.Role.AGENT, settings.secret(), settings.clock()));
    var started = new ValdServer(settings, services);
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
    inProcess.ifPresent(InProcessServer::close);
  }

  /** The same services as on the gRPC port, for REST. */
  @Produces
  @Singleton
  Transcoder transcoder() {
    var services = inProcess.orElseThrow(() -> new IllegalStateException("not started yet"));
    return new Transcoder(services.channel(), services.services());
  }

  boolean isServing() {
    return server.isPresent();
  }
}
