package dev.kagami.agent;

import dev.kagami.core.AtTheRim;
import dev.kagami.core.store.Node.Role;
import dev.kagami.core.store.WriterClaims;
import dev.kagami.transport.grpc.ServerSettings;
import dev.kagami.transport.grpc.ValdServer;
import dev.kagami.transport.grpc.ValdServices;
import dev.kagami.transport.peer.MeshSecret;
import java.time.InstantSource;
import java.util.Optional;

/**
 * An agent alone in a JVM, without a server around it: it starts in a second, so that tests of
 * whole sites can kill it, hang it and start it with another disk. Its settings are system
 * properties.
 */
@AtTheRim("a process of its own has the system's clock")
final class AgentProcess {
  private AgentProcess() {}

  /** Runs until it is killed. */
  public static void main(String[] arguments) throws InterruptedException {
    var wall = InstantSource.system();
    var configuration =
        AgentConfiguration.from(name -> Optional.ofNullable(System.getProperty(name)));
    var agent = new Agent(configuration, wall);
    var settings =
        new ServerSettings(
            configuration.host(),
            configuration.port(),
            Role.AGENT,
            MeshSecret.read(configuration.secretFile()),
            wall);
    new ValdServer(settings, ValdServices.agent(agent.store(), agent, new WriterClaims(wall)))
        .serving(true);
    Thread.currentThread().join();
  }
}
