package dev.kagami.cli.liberty;

import static java.util.Objects.requireNonNull;

import dev.kagami.cli.CommandFailure;
import dev.kagami.cli.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One server of a data directory, running or not. Keeps no state of its own: every question is
 * answered from the pid file and the system, so that any program may ask. Thread-safe.
 */
public final class LibertyServer {

  /** Liberty gives its applications half a minute to come to rest. */
  private static final Duration GRACE = Duration.ofSeconds(35);

  private static final Duration AFTER_KILL = Duration.ofSeconds(10);

  private final Installation installation;
  private final ServerFolders folders;
  private final ServerDefinition definition;

  /** The server of {@code definition} in the data directory {@code data}, an absolute path. */
  public LibertyServer(Installation installation, Path data, ServerDefinition definition) {
    this.installation = requireNonNull(installation, "installation");
    this.folders = new ServerFolders(requireNonNull(data, "data"));
    this.definition = requireNonNull(definition, "definition");
  }

  public String name() {
    return definition.name();
  }

  public Ports ports() {
    return definition.ports();
  }

  public ServerLog log() {
    return new ServerLog(folders.logs(name()).resolve("messages.log"));
  }

  /**
   * Its process, if it runs. Liberty's own record counts where ours is missing: its script goes on
   * after a launcher that was killed before it saw the process.
   */
  public Optional<ProcessHandle> process() {
    try {
      var recorded = pidFile().process();
      return recorded.isPresent()
          ? recorded
          : new LibertyPidFile(folders.libertyPid(name()), name()).process();
    } catch (IOException e) {
      throw new CommandFailure("Cannot tell whether " + name() + " runs: " + e.getMessage(), e);
    }
  }

  /** Whether it says it is ready, within a few seconds. */
  public boolean isReady() {
    try (var probe = new HealthProbe(ports())) {
      return probe.notReady().isEmpty();
    }
  }

  /** Whether it has ended without being told to, by whichever program. */
  public boolean hasCrashed() {
    try {
      return pidFile().tellsOfCrash();
    } catch (IOException e) {
      throw new CommandFailure("Cannot tell whether " + name() + " runs: " + e.getMessage(), e);
    }
  }

  /**
   * Starts it, and returns when Liberty's script does.
   *
   * @return to wait for, with {@code patience} counted from now
   * @throws CommandFailure if Liberty itself does not start, with what it says
   */
  Readiness launch(Duration patience) throws InterruptedException {
    var readiness = new Readiness(this, patience);
    try {
      pidFile().delete();
      new ServerFolderWriter(installation, folders, definition).write();
      new ServerScript(installation, folders, name()).start();
      return readiness;
    } catch (IOException e) {
      throw new CommandFailure(name() + " could not be started: " + e, e);
    }
  }

  /** Stops all that run, at once; returns when none does any more. */
  public static void stop(List<LibertyServer> servers) {
    servers.forEach(LibertyServer::tellToEnd);
    servers.forEach(LibertyServer::awaitEnd);
  }

  private void tellToEnd() {
    try {
      pidFile().expectEnd();
      process().ifPresent(ProcessHandle::destroy);
    } catch (IOException e) {
      throw new CommandFailure(name() + " cannot be stopped: " + e.getMessage(), e);
    }
  }

  private void awaitEnd() {
    try {
      var process = process();
      if (process.isPresent() && !Exits.awaited(process.get(), GRACE)) {
        process.get().destroyForcibly();
        if (!Exits.awaited(process.get(), AFTER_KILL)) {
          throw new CommandFailure(
              name() + " (process " + process.get().pid() + ") does not end, not even by force.");
        }
      }
      Files.deleteIfExists(folders.libertyPid(name()));
      pidFile().delete();
    } catch (IOException e) {
      throw new CommandFailure(name() + " has ended, but: " + e.getMessage(), e);
    }
  }

  private PidFile pidFile() {
    return new PidFile(folders.pid(name()));
  }
}
