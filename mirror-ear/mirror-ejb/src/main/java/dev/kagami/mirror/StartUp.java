package dev.kagami.mirror;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import javax.sql.DataSource;

/**
 * The first thing of the application to run: makes the database fit and starts the mirror, or keeps
 * the application from starting. It ends nothing, because Liberty destroys it before the endpoints
 * stop.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class StartUp {
  @Resource(lookup = "jdbc/kagami")
  private DataSource database;

  @PersistenceContext(unitName = "kagami")
  private EntityManager entities;

  @Inject private MirrorLifecycle lifecycle;

  /** For the container. */
  public StartUp() {}

  @PostConstruct
  void begin() {
    Migrations.run(database);
    SchemaCheck.run(entities);
    lifecycle.begin();
  }
}
