package dev.kagami.mirror;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the database to the schema that this build needs. */
final class Migrations {
  private Migrations() {}

  /**
   * Runs the migrations that have not run yet.
   *
   * @throws org.flywaydb.core.api.FlywayException if one fails, or an old one was edited
   */
  static void run(DataSource database) {
    // On Liberty, Flyway finds no migration without the empty files flyway.location and says so
    // only in the log.
    Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(database)
        .locations("classpath:db/migration")
        .failOnMissingLocations(true)
        .load()
        .migrate();
  }
}
