package dev.kagami.mirror;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;

/** Compares the entities with the tables, which EclipseLink itself does only at the first query. */
final class SchemaCheck {
  private SchemaCheck() {}

  /**
   * Asks each table for every mapped column, and for no row.
   *
   * @throws IllegalStateException naming the entity whose table lacks something
   */
  static void run(EntityManager entities) {
    for (var entity : entities.getMetamodel().getEntities()) {
      try {
        entities
            .createQuery("select e from " + entity.getName() + " e where 1 = 0")
            .getResultList();
      } catch (PersistenceException e) {
        throw new IllegalStateException(
            "the database does not fit " + entity.getName() + ": " + e.getMessage(), e);
      }
    }
  }
}
