package dev.kagami.mirror;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class SchemaCheckTest {

  @Test
  void migratedDatabase_fits() {
    var source = TestDatabase.empty();
    Migrations.run(source);

    try (var unit = TestDatabase.unit(source);
        var entities = unit.createEntityManager()) {
      assertThatCode(() -> SchemaCheck.run(entities)).doesNotThrowAnyException();
    }
  }

  @Test
  void missingColumn_isFoundAtStart() throws SQLException {
    var source = TestDatabase.empty();
    Migrations.run(source);
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("alter table mirror_target_status drop column reason");
    }

    try (var unit = TestDatabase.unit(source);
        var entities = unit.createEntityManager()) {
      assertThatThrownBy(() -> SchemaCheck.run(entities))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("TargetStatusEntity");
    }
  }

  @Test
  void secondStart_migratesNothing() {
    var source = TestDatabase.empty();
    Migrations.run(source);

    assertThatCode(() -> Migrations.run(source)).doesNotThrowAnyException();
  }
}
