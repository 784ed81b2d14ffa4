package dev.kagami.cli.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.kagami.cli.Installation;
import dev.kagami.cli.vectors.ScriptedSite;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MirrorCommandTest {

  @TempDir private Path folder;
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer mirror;
  private volatile int status = 200;
  private volatile String answer = "{}";

  @BeforeEach
  void startMirror() throws IOException {
    mirror = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    mirror.createContext(
        "/",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          var path = exchange.getRequestURI().toString().replace("/admin/v1/", "");
          var said = exchange.getRequestMethod() + " " + path + " " + body.replaceAll("\\s+", " ");
          requests.add(said.replace("{ }", "{}").strip());
          var bytes = answer.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    mirror.start();
    ScriptedSite.describe(folder, mirror.getAddress().getPort());
  }

  @AfterEach
  void stopMirror() {
    mirror.stop(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "targets | GET targets",
        "remove B | DELETE targets/B",
        "remove 10.0.0.1:8081 | DELETE targets/10.0.0.1%3A8081",
        "pause B | POST targets/B/pause",
        "resume B | POST targets/B/resume",
        "offline B | POST targets/B/offline",
        "online B | POST targets/B/online",
        "verify B | POST targets/B/verify",
        "verify B --show | GET targets/B/verify",
        "repair B | POST targets/B/repair",
        "pending | GET writes",
        "receipt 123 | GET writes/123",
        "explain a/b?c | GET explain?id=a%2Fb%3Fc",
      })
  void command_isOneRequest(String line, String request) {
    assertThat(run(line.split(" "))).as(err.toString()).isZero();

    assertThat(requests).containsExactly(request);
  }

  @Test
  void add_sendsHostAndPort() {
    assertThat(run("add", "mirror.b.example:8081")).isZero();

    assertThat(requests)
        .singleElement()
        .asString()
        .startsWith("POST targets {")
        .contains("\"host\": \"mirror.b.example\"", "\"port\": 8081");
  }

  @Test
  void listOfTargets_isATable() {
    answer =
        "[{\"host\": \"b.example\", \"port\": 8081, \"site\": \"B\", \"phase\": \"CATCHING_UP\","
            + " \"desired\": \"PRESENT\", \"behind\": 1200, \"lagSeconds\": 3.25,"
            + " \"verification\": \"DIFFERENT\", \"differences\": 7,"
            + " \"verified\": \"2030-03-04T05:06:07Z\","
            + " \"reason\": \"it is being brought what it missed\"}]";

    assertThat(run("targets")).isZero();

    var lines = out.toString().lines().toList();
    assertThat(lines.get(0)).startsWith("SITE  HOST       PORT  PHASE        DESIRED  BEHIND");
    assertThat(lines.get(1))
        .startsWith("B     b.example  8081  CATCHING_UP  PRESENT  1200    3.3")
        .contains("DIFFERENT     7            2030-03-04T05:06:07Z")
        .endsWith("it is being brought what it missed");
  }

  @Test
  void json_isWhatTheMirrorSays() {
    answer = "[{\"stamp\": \"12\", \"pendingAt\": [\"C\"]}]";

    assertThat(run("pending", "-o", "json")).isZero();

    assertThat(out.toString().replaceAll("\\s", ""))
        .isEqualTo("[{\"stamp\":\"12\",\"pendingAt\":[\"C\"]}]");
  }

  @Test
  void refusal_isToldInTheMirrorsWords() {
    status = 404;
    answer = "{\"status\": 404, \"detail\": \"no write 7 is known here\"}";

    assertThat(run("receipt", "7")).isEqualTo(1);

    assertThat(err.toString()).contains("404: no write 7 is known here");
  }

  private int run(String... arguments) {
    var nowhere = new Installation(folder, folder, folder, folder);
    var line = new CommandLine(new MirrorCommand(nowhere));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    line.setExecutionExceptionHandler((failure, command, _) -> {
      command.getErr().println(failure.getMessage());
      return 1;
    });
    var all = Stream.concat(Stream.of(arguments), Stream.of("--data", folder.toString()));
    return line.execute(all.toArray(String[]::new));
  }
}
