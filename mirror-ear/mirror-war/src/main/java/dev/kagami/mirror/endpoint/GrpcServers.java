package dev.kagami.mirror.endpoint;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.store.Node;
import dev.kagami.mirror.MirrorProcess;
import dev.kagami.transport.grpc.InProcessServer;
import dev.kagami.transport.grpc.ServerSettings;
import dev.kagami.transport.grpc.ValdServer;
import dev.kagami.transport.rest.Transcoder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;

/**
 * The mirror's gRPC port. Opens when everything of mirror-ejb has started and closes before any of
 * it ends; says SERVING while the mirror is ready.
 */
@ApplicationScoped
public class GrpcServers {
  private static final System.Logger LOG = System.getLogger(GrpcServers.class.getName());

  private final MirrorProcess mirror;
  private final Scheduler scheduler;

  private ValdServer server;
  private InProcessServer inProcess;

  /** For CDI. */
  protected GrpcServers() {
    this(null, null);
  }

  @Inject
  GrpcServers(MirrorProcess mirror, Scheduler scheduler) {
    this.mirror = mirror;
    this.scheduler = scheduler;
  }

  void open(@Observes Startup event) {
    var listen = mirror.configuration().listen();
    var settings =
        new ServerSettings(
            listen.host(), listen.port(), Node.Role.MIRROR, mirror.secret(), scheduler);
    var services = mirror.services();
    server = new ValdServer(settings, services);
    inProcess = new InProcessServer(services, Node.Role.MIRROR, mirror.secret(), scheduler);
    mirror.watchReadiness(server::serving);
    LOG.log(Level.INFO, "The mirror takes gRPC calls on {0}", listen.toString());
  }

  void close(@Observes Shutdown event) {
    server.close();
    inProcess.close();
  }

  /** The same services as on the gRPC port, for REST. */
  @Produces
  @Singleton
  Transcoder transcoder() {
    return new Transcoder(inProcess.channel(), inProcess.services());
  }
}
