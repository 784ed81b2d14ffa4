package dev.kagami.system;

import io.grpc.Status.Code;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A gateway and its agents, each a JVM of its own without a server around it, so that single agents
 * can be killed, hung and started with another disk within seconds. Agents are numbered from 1.
 */
final class BareSite implements AutoCloseable {
  private static final Duration SOON = Duration.ofMinutes(3);

  /** Beyond what a gateway itself waits for a silent agent, on a busy machine too. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String HOST = "127.0.0.1";

  /** Nearest to nothing that a test searches for. */
  private static final float[] FAR = {-1_000_000, 0, 0, 0};

  private final Path folder;
  private final int basePort;
  private final int agents;
  private final Process gateway;
  private final Process[] processes;

  /** Starts it, with vectors of four dimensions, and waits until it takes writes. */
  BareSite(Path folder, int basePort, int agents, int replicas) {
    this.folder = folder;
    this.basePort = basePort;
    this.agents = agents;
    this.processes = new Process[agents + 1];
    try {
      Files.writeString(secret(), "the-secret-of-a-bare-site-of-tests\n");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    for (int agent = 1; agent <= agents; agent++) {
      launch(agent);
    }
    this.gateway =
        start("gateway-war", "gateway", "dev.kagami.gateway.GatewayProcess", ofGateway(replicas));
    try (var client = gateway()) {
      Eventually.waitUntil(
          "the gateway takes writes",
          SOON,
          () -> client.upsert("first", FAR) == Code.OK,
          this::printed);
    }
  }

  ValdClient gateway() {
    return new ValdClient(basePort, PATIENCE);
  }

  /** Not by the gateway. */
  ValdClient agent(int agent) {
    return new ValdClient(basePort + agent, PATIENCE);
  }

  boolean answers(int agent) {
    try (var client = agent(agent)) {
      return client.answers();
    }
  }

  List<Integer> agents() {
    return IntStream.rangeClosed(1, agents).boxed().toList();
  }

  /** Where an agent has its data. */
  Path data(int agent) {
    return folder.resolve(name(agent));
  }

  /** Starts an agent that does not run, on the data that is there, and waits until it answers. */
  void startAgent(int agent) {
    launch(agent);
    Eventually.waitUntil(name(agent) + " answers", SOON, () -> answers(agent), this::printed);
  }

  /** Ends an agent by SIGKILL. */
  void kill(int agent) {
    var process = processes[agent];
    process.destroyForcibly();
    Eventually.waitUntil(name(agent) + " is gone", SOON, () -> !process.isAlive());
  }

  /** Sends an agent a signal, such as STOP or CONT. */
  void signal(int agent, String signal) {
    Launcher.mustRun(folder, "kill", "-" + signal, Long.toString(processes[agent].pid()));
  }

  /** What all processes have printed. */
  String printed() {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".out"))
          .map(file -> file.getFileName() + ":\n" + Launcher.read(file))
          .collect(Collectors.joining("\n"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What the gateway has printed. */
  List<String> printedByGateway() {
    return Launcher.read(folder.resolve("gateway.out")).lines().toList();
  }

  private void launch(int agent) {
    processes[agent] =
        start("agent-war", name(agent), "dev.kagami.agent.AgentProcess", ofAgent(agent));
  }

  private Process start(String module, String name, String main, Map<String, String> settings) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1"));
    settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
    ofAll().forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-cp", classPath(module), main));
    try {
      var printed = folder.resolve(name + ".out").toFile();
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(printed))
          .start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What the build has made of a module, and the libraries of its application. */
  private static String classPath(String module) {
    var target = Launcher.root().resolve(module).resolve("target");
    var application = module.substring(0, module.indexOf('-'));
    return String.join(
        File.pathSeparator,
        target.resolve("test-classes").toString(),
        target.resolve("classes").toString(),
        target.resolve(application).resolve("WEB-INF/lib").toString() + "/*");
  }

  private Map<String, String> ofAll() {
    return Map.of(
        "kagami.site.name", "A",
        "kagami.site.number", "1",
        "kagami.dimension", "4",
        "kagami.distance", "l2",
        "kagami.grpc.host", HOST,
        "kagami.mesh.secret.file", secret().toString());
  }

  private Map<String, String> ofAgent(int agent) {
    return Map.of(
        "kagami.agent.name", name(agent),
        "kagami.agent.grpc.port", Integer.toString(basePort + agent),
        "kagami.agent.log.file-mebibytes", "4",
        "kagami.agent.data", data(agent).toString());
  }

  private Map<String, String> ofGateway(int replicas) {
    return Map.of(
        "kagami.gateway.name", "gateway",
        "kagami.gateway.grpc.port", Integer.toString(basePort),
        "kagami.gateway.agents",
            agents().stream()
                .map(agent -> name(agent) + "=" + HOST + ":" + (basePort + agent))
                .collect(Collectors.joining(",")),
        "kagami.gateway.replicas", Integer.toString(replicas),
        "kagami.gateway.correction.lost.seconds", "5");
  }

  private static String name(int agent) {
    return "agent-" + agent;
  }

  private Path secret() {
    return folder.resolve("secret");
  }

  @Override
  public void close() {
    gateway.destroyForcibly();
    for (int agent : agents()) {
      processes[agent].destroyForcibly();
    }
  }
}
