package dev.kagami.cli.liberty;

import dev.kagami.cli.CommandFailure;
import dev.kagami.cli.Installation;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Liberty's {@code server start}, watched. */
record ServerScript(Installation installation, ServerFolders folders, String server) {

  private static final int STATUS_UNKNOWN = 5;
  private static final Duration AFTER_KILL = Duration.ofSeconds(5);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final List<String> OWN_ENVIRONMENT =
      List.of("PID_DIR", "PID_FILE", "LOG_DIR", "LOG_FILE", "JVM_ARGS", "SERVER_WORKING_DIR");

  /**
   * Returns when the script has: the server is up then, its applications perhaps not. Interrupted
   * or failed, it leaves no process behind that is not in the pid file.
   */
  void start() throws IOException, InterruptedException {
    var output = folders.data().resolve("run").resolve(server + ".start.log");
    Files.createDirectories(output.getParent());
    var script = builder(output).start();
    try {
      recordServer(script);
      script.waitFor();
    } finally {
      endAllButServer(script);
    }
    // Unknown: the script lost patience before the server was up. Whoever waits for it sees more.
    if (script.exitValue() != 0 && script.exitValue() != STATUS_UNKNOWN) {
      throw new CommandFailure(
          server
              + " did not start:\n"
              + Files.readString(output).strip().indent(2).stripTrailing());
    }
  }

  /** Not interruptible: a server that nobody has recorded could not be stopped. */
  private void recordServer(Process script) throws IOException {
    var found = serverAmong(script);
    while (found.isEmpty() && !Exits.within(script.toHandle(), LOOK_AGAIN)) {
      found = serverAmong(script);
    }
    if (found.isPresent()) {
      record(found.get());
    }
  }

  /** The script, if it still runs, and the second JVM; they hold nothing that would be lost. */
  private void endAllButServer(Process script) {
    var others =
        script.descendants().filter(process -> !LibertyPidFile.isServer(process, server)).toList();
    script.destroyForcibly();
    others.forEach(ProcessHandle::destroyForcibly);
    Exits.awaited(script.toHandle(), AFTER_KILL);
    others.forEach(process -> Exits.awaited(process, AFTER_KILL));
  }

  private void record(ProcessHandle process) throws IOException {
    try {
      new PidFile(folders.pid(server)).write(process);
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private ProcessBuilder builder(Path output) {
    var executable = installation.liberty().resolve("bin").resolve("server").toString();
    // Ctrl-C reaches every process of the terminal; this one shall end only when it is told to.
    var shield = "trap '' INT; exec \"$0\" start \"$1\"";
    var builder = new ProcessBuilder("/bin/sh", "-c", shield, executable, server);
    var environment = builder.environment();
    environment.keySet().removeAll(OWN_ENVIRONMENT);
    environment.put("JAVA_HOME", installation.jdk().toString());
    environment.put("WLP_USER_DIR", folders.user().toString());
    environment.put("WLP_OUTPUT_DIR", folders.output().toString());
    return builder
        .directory(folders.data().toFile())
        .redirectInput(Redirect.from(new File("/dev/null")))
        .redirectErrorStream(true)
        .redirectOutput(output.toFile());
  }

  /** The script also runs a second JVM, which waits for the first and has further arguments. */
  private Optional<ProcessHandle> serverAmong(Process script) {
    return script
        .descendants()
        .filter(process -> LibertyPidFile.isServer(process, server))
        .findFirst();
  }
}
