package dev.kagami.mirror;

import dev.kagami.core.AtTheRim;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * Commits one number after another to a table, as its own process, and prints each number that is
 * committed, until it is killed.
 */
final class DatabaseWriter {
  private static final int ROWS = 5;

  private DatabaseWriter() {}

  @AtTheRim("the database frees the room of old content by the clock")
  public static void main(String[] arguments) throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection(arguments[0], "sa", "");
        var statement = connection.createStatement()) {
      statement.execute("create table if not exists number(row_id int primary key, number int)");
      for (int row = 0; row < ROWS; row++) {
        statement.execute("merge into number values(" + row + ", 0)");
      }
      connection.setAutoCommit(false);
      for (int number = 1; ; number++) {
        statement.execute(
            "update number set number = " + number + " where row_id = " + number % ROWS);
        connection.commit();
        System.out.println(number);
        TimeUnit.MILLISECONDS.sleep(number % 7 == 0 ? 300 : 10);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
