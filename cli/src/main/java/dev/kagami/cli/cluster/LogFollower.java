package dev.kagami.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kagami.cli.liberty.ServerLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Prints what several servers go on to write. Not thread-safe. */
final class LogFollower {

  private final PrintWriter out;
  private final Map<ServerLog, Long> positions = new HashMap<>();

  /** Begins where the logs end now. */
  LogFollower(List<ClusterServer> servers, PrintWriter out) throws IOException {
    this.out = out;
    for (var server : servers) {
      positions.put(server.liberty().log(), server.liberty().log().size());
    }
  }

  /** Does not return; Ctrl-C ends the program. */
  void follow() throws IOException, InterruptedException {
    var never = new CountDownLatch(1);
    do {
      for (var log : positions.keySet()) {
        print(log);
      }
      out.flush();
    } while (!never.await(500, TimeUnit.MILLISECONDS));
  }

  private void print(ServerLog log) throws IOException {
    var position = positions.get(log);
    var begin = log.size() < position ? 0 : position;
    var news = log.since(begin);
    positions.put(log, begin + news.length);
    out.print(new String(news, UTF_8));
  }
}
