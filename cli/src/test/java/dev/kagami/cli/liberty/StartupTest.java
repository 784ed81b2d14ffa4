package dev.kagami.cli.liberty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real processes; only Liberty itself is a stand-in. */
class StartupTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofSeconds(3);

  @TempDir private Path folder;
  private FakeLiberty liberty;
  private final List<LibertyServer> servers = new ArrayList<>();

  @BeforeEach
  void install() throws IOException {
    liberty = new FakeLiberty(folder);
  }

  @AfterEach
  void stopAll() {
    LibertyServer.stop(servers);
    assertThat(ProcessHandle.allProcesses().filter(this::isOurs)).isEmpty();
  }

  /** Whatever the pid files say. */
  private boolean isOurs(ProcessHandle process) {
    var arguments = process.info().arguments().orElse(new String[0]);
    return process.isAlive()
        && Arrays.stream(arguments).anyMatch(argument -> argument.startsWith(folder.toString()))
        && Arrays.asList(arguments).contains("ws-server.jar");
  }

  @Test
  void goodServers_areAllReadyAtTheEnd() throws Exception {
    var progress = new ConcurrentLinkedQueue<String>();
    var one = server("one", FakeServer.READY);
    var two = server("two", FakeServer.READY);
    var three = server("three", FakeServer.READY);

    new Startup(servers, LONG, progress::add).run();

    assertThat(List.of(one, two, three)).allMatch(LibertyServer::isReady);
    assertThat(progress).contains("one: starting ...", "three: starting ...").hasSize(6);
    assertThat(progress).anyMatch(line -> line.matches("two: ready in \\d+ s"));
  }

  @Test
  void serverThatIsNotReady_keepsNoOtherFromStarting() throws Exception {
    var slow =
        List.of(server("slow", FakeServer.SILENT_GRPC), server("too", FakeServer.SILENT_GRPC));
    var progress = new ConcurrentLinkedQueue<String>();
    server("good", FakeServer.READY);

    assertThatThrownBy(() -> new Startup(servers, SHORT.multipliedBy(5), progress::add).run())
        .isInstanceOf(CommandFailure.class);

    assertThat(slow).noneMatch(server -> server.process().isPresent());
    assertThat(progress).anyMatch(line -> line.matches("good: ready in \\d+ s"));
  }

  @Test
  void applicationThatFails_stopsTheOthersToo() throws Exception {
    var good = server("good", FakeServer.READY);
    var bad = server("bad", FakeServer.FAILED_APPLICATION);

    assertThatThrownBy(() -> new Startup(servers, LONG, StartupTest::ignore).run())
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("bad cannot start its applications")
        .hasMessageContaining("CWWKZ0002E: An exception occurred.")
        .hasMessageContaining("messages.log");

    assertThat(List.of(good, bad)).allMatch(server -> server.process().isEmpty());
  }

  @Test
  void serverThatEnds_isToldAtOnce() throws Exception {
    server("bad", FakeServer.ENDS);

    assertThatThrownBy(() -> new Startup(servers, LONG, StartupTest::ignore).run())
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("bad ended while it was starting");
  }

  @Test
  void silentGrpcPort_isNamedWhenThePatienceEnds() throws Exception {
    var slow = server("slow", FakeServer.SILENT_GRPC);

    assertThatThrownBy(() -> new Startup(servers, SHORT, StartupTest::ignore).run())
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("slow was not ready within 3 s")
        .hasMessageContaining(slow.ports().grpc().getFirst() + " is silent");

    assertThat(slow.process()).isEmpty();
  }

  @Test
  void abortedStart_leavesNoProcess() throws Exception {
    var slow = server("slow", FakeServer.SILENT_GRPC);
    var begun = new CountDownLatch(1);
    var startup = new Startup(servers, LONG, _ -> begun.countDown());
    var run = Thread.ofPlatform().name("run").daemon().start(() -> runQuietly(startup));

    begun.await();
    startup.abort();

    assertThat(slow.process()).isEmpty();
    run.interrupt();
    run.join();
  }

  private static void ignore(String progress) {}

  private static void runQuietly(Startup startup) {
    try {
      startup.run();
    } catch (InterruptedException | CommandFailure expected) {
      // The test looks at what is left.
    }
  }

  private LibertyServer server(String name, String behaviour) throws IOException {
    var server = liberty.server(name, behaviour);
    servers.add(server);
    return server;
  }
}
