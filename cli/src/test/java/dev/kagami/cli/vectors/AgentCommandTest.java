package dev.kagami.cli.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.kagami.core.backup.Backup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentCommandTest {

  private static final int FIRST_AGENT_HTTP = 31;
  private static final int GATEWAY_HTTP = 3;

  @TempDir private Path folder;
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private HttpServer agent;
  private volatile int answer = 200;
  private volatile String answerBody = "";
  private Path data;

  @BeforeEach
  void startAgent() throws IOException {
    agent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    agent.createContext(
        "/",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
          var bytes = answerBody.getBytes(UTF_8);
          exchange.sendResponseHeaders(answer, bytes.length == 0 ? -1 : bytes.length);
          if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
          }
          exchange.close();
        });
    agent.start();
    data = ScriptedSite.describe(folder, agent.getAddress().getPort() - FIRST_AGENT_HTTP);
  }

  @AfterEach
  void stopAgent() {
    agent.stop(0);
  }

  @Test
  void readOnly_setsTheSwitchOfThatAgent() {
    var run = CommandRun.of(data, "agent", "read-only", "--agent", "agent-1");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("agent-1 of site A is read-only\n");
    assertThat(requests).containsExactly("PUT /admin/v1/read-only {\"readOnly\": true}");
  }

  @Test
  void writable_takesItBack() {
    var run = CommandRun.of(data, "agent", "writable", "--agent", "agent-1");

    assertThat(run.out()).isEqualTo("agent-1 of site A is writable\n");
    assertThat(requests).containsExactly("PUT /admin/v1/read-only {\"readOnly\": false}");
  }

  @Test
  void refusal_failsTheCommand() {
    answer = 503;

    var run = CommandRun.of(data, "agent", "read-only", "--agent", "agent-1");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("answers 503");
  }

  @Test
  void backup_isAskedForAndTold() {
    var run = CommandRun.of(data, "agent", "backup", "--agent", "agent-1");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("agent-1 of site A: ");
    assertThat(requests).containsExactly("POST /admin/v1/backup ");
  }

  @Test
  void backupIsRestored_isCopied() throws Exception {
    var backup = Files.createDirectory(folder.resolve("backup"));
    Files.writeString(backup.resolve("file"), "12345");
    Backup.complete(backup);
    var target = folder.resolve("target");

    var run = CommandRun.alone(data, "agent", "restore", backup.toString(), target.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("5 bytes restored to " + target + "\n");
    assertThat(target.resolve("file")).hasContent("12345");
  }

  @Test
  void backupIsDamaged_failsTheCommand() throws Exception {
    var backup = Files.createDirectory(folder.resolve("backup"));

    var target = folder.resolve("target").toString();
    var run = CommandRun.alone(data, "agent", "restore", backup.toString(), target);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("Nothing was restored: ").contains("no manifest");
  }

  @Test
  void unknownAgent_isTold() {
    var run = CommandRun.of(data, "agent", "read-only", "--agent", "agent-9");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("Site A has no agent agent-9.\n");
    assertThat(requests).isEmpty();
  }

  private CommandRun drain(String... options) throws IOException {
    data = ScriptedSite.describe(folder, agent.getAddress().getPort() - GATEWAY_HTTP);
    var command =
        Stream.concat(Stream.of("agent", "drain", "--agent", "agent-2"), Stream.of(options));
    return CommandRun.of(data, command.toArray(String[]::new));
  }

  @Test
  void drain_waitsUntilTheGatewaySaysThatItIsDone() throws IOException {
    answerBody =
        """
        {"agents": [{"name": "agent-1", "drain": "none"}, {"name": "agent-2", "drain": "done"}]}\
        """;

    var run = drain();

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            agent-2 of site A is being emptied ...
            agent-2 of site A may leave: what it holds is at the others
            """);
    assertThat(requests)
        .containsExactly("PUT /admin/v1/agents/agent-2/drain ", "GET /admin/v1/agents ");
  }

  @Test
  void drainIsCancelled_theGatewayIsTold() throws IOException {
    var run = drain("--cancel");

    assertThat(run.out()).isEqualTo("agent-2 of site A stays\n");
    assertThat(requests).containsExactly("DELETE /admin/v1/agents/agent-2/drain ");
  }

  @Test
  void drainIsRefused_theReasonIsTold() throws IOException {
    answer = 409;
    answerBody = "2 copies are wanted, and only 1 agents would be left";

    var run = drain();

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("answers 409: 2 copies are wanted");
  }
}
