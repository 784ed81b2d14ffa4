package dev.kagami.mirror;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The embedded database, set as in production, in a process that is killed. Not every version of it
 * passes: some find an older state once they have used the room of old content again, which is made
 * to begin soon here.
 */
class DatabaseKillTest {
  private static final int COMMITS = 130;

  @TempDir private Path folder;

  @Test
  void processIsKilled_everyCommitIsThere() throws IOException, SQLException, InterruptedException {
    var url =
        "jdbc:h2:file:"
            + folder.resolve("kagami")
            + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0;RETENTION_TIME=1000";

    int committed = runAndKill(url);

    try (var connection = DriverManager.getConnection(url, "sa", "");
        var statement = connection.createStatement();
        var newest = statement.executeQuery("select max(number) from number")) {
      newest.next();
      assertThat(newest.getInt(1)).isGreaterThanOrEqualTo(committed);
    }
  }

  private static int runAndKill(String url) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DatabaseWriter.class.getName(),
                url)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int committed = 0;
    try (var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), US_ASCII))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        committed = Integer.parseInt(line);
        if (committed == COMMITS) {
          // not by the process itself, which would close the stream with what it still told
          process.toHandle().destroyForcibly();
        }
      }
    }
    process.waitFor();
    assertThat(committed).isGreaterThanOrEqualTo(COMMITS);
    return committed;
  }
}
