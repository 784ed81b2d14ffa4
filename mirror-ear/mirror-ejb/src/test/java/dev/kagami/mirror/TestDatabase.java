package dev.kagami.mirror;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A database with the real migrations and the real persistence unit, without a container:
 * transactions are the entity manager's own. As a static extension it is empty at the beginning of
 * each test, and is closed after the last.
 */
public final class TestDatabase implements AfterEachCallback, AfterAllCallback {
  private static final String SOMEBODY_WAITS =
      """
      do $$ begin
        for i in 1..6000 loop
          if exists (select from pg_locks where not granted) then return; end if;
          perform pg_sleep(0.01);
        end loop;
        raise exception 'nobody has waited for a minute';
      end $$
      """;

  private final EntityManagerFactory factory;

  /** H2 in memory. */
  public TestDatabase() {
    this(empty());
  }

  private TestDatabase(DataSource source) {
    Migrations.run(source);
    this.factory = unit(source);
  }

  /** A real PostgreSQL server, shared with other tests of this kind. */
  public static TestDatabase postgres() {
    return new TestDatabase(PostgresDatabase.shared());
  }

  static DataSource empty() {
    var source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    return source;
  }

  static EntityManagerFactory unit(DataSource source) {
    return Persistence.createEntityManagerFactory(
        "kagami",
        Map.of(
            "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
            "jakarta.persistence.jtaDataSource", "",
            "jakarta.persistence.nonJtaDataSource", source,
            "eclipselink.logging.level", "WARNING"));
  }

  /** Does something in a transaction and persistence context of its own, as a request does. */
  public <R> R inTransaction(Function<EntityManager, R> work) {
    try (var entities = factory.createEntityManager()) {
      entities.getTransaction().begin();
      var result = work.apply(entities);
      entities.getTransaction().commit();
      return result;
    }
  }

  /** Returns when a transaction waits for another one; PostgreSQL only. */
  public void awaitWaiting() {
    inTransaction(entities -> entities.createNativeQuery(SOMEBODY_WAITS).executeUpdate());
  }

  /** Empties all tables. */
  @Override
  public void afterEach(ExtensionContext context) {
    inTransaction(entities -> {
      int rows = 0;
      for (var entity : entities.getMetamodel().getEntities()) {
        rows += entities.createQuery("delete from " + entity.getName()).executeUpdate();
      }
      return rows;
    });
  }

  @Override
  public void afterAll(ExtensionContext context) {
    factory.close();
  }
}
