package dev.kagami.mirror;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * A PostgreSQL server of packaged binaries, on a port that was free, started by the first test that
 * needs it and ended with the JVM. It refuses to be root's: for root it runs as another user.
 */
final class PostgresDatabase {
  /** A machine that is busy takes its time. */
  private static final Duration START = Duration.ofMinutes(3);

  private static final PostgresDatabase SERVER = new PostgresDatabase();

  private final EmbeddedPostgres server;

  private PostgresDatabase() {
    try {
      this.server = EmbeddedPostgres.builder().setPGStartupWait(START).start();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL cannot be started", e);
    }
  }

  /** The one database of the server, without tables at first. */
  static DataSource shared() {
    return SERVER.server.getPostgresDatabase();
  }
}
