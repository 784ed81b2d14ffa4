package dev.kagami.mirror.catchup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;

/** The positions in the database {@code jdbc/kagami}; each method is one JTA transaction. */
@ApplicationScoped
@Transactional
public class JpaPositionRepository implements PositionRepository {
  @PersistenceContext(unitName = "kagami")
  private EntityManager entities;

  /** For CDI. */
  public JpaPositionRepository() {}

  JpaPositionRepository(EntityManager entities) {
    this.entities = entities;
  }

  @Override
  public List<Reached> positions() {
    return entities
        .createQuery("select p from PositionEntity p", PositionEntity.class)
        .getResultList()
        .stream()
        .map(PositionEntity::reached)
        .toList();
  }

  @Override
  public void save(List<Reached> reached) {
    reached.forEach(each -> entities.merge(new PositionEntity(each)));
  }

  @Override
  public void forget(String target) {
    entities
        .createQuery("delete from PositionEntity p where p.target = :target")
        .setParameter("target", target)
        .executeUpdate();
  }
}
