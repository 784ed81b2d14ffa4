package dev.kagami.system;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A PostgreSQL server of packaged binaries, with a database for each site, called as the site. */
final class SharedDatabase implements AutoCloseable {
  /** A machine that is busy takes its time. */
  private static final Duration START = Duration.ofMinutes(3);

  private static final String USER = "postgres";

  private final EmbeddedPostgres server;

  SharedDatabase(List<String> sites) {
    try {
      this.server = EmbeddedPostgres.builder().setPGStartupWait(START).start();
    } catch (IOException failure) {
      throw new UncheckedIOException("PostgreSQL cannot be started", failure);
    }
    for (var site : sites) {
      execute("create database \"" + site + "\"");
    }
  }

  /** What tells a mirror to use the database of its site. */
  Map<String, String> environment() {
    return Map.of(
        "KAGAMI_DATABASE_URL",
        "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/${kagami.site.name}",
        "KAGAMI_DATABASE_USER",
        USER,
        "KAGAMI_DATABASE_PASSWORD",
        USER);
  }

  /** The process that brings {@code target} what it misses from {@code site}. */
  Optional<String> holder(String site, String target) {
    try (var connection = server.getDatabase(USER, site).getConnection();
        var query =
            connection.prepareStatement("select holder from mirror_lease where target = ?")) {
      query.setString(1, target);
      try (var rows = query.executeQuery()) {
        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private void execute(String command) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(command);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
