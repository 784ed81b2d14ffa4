package dev.kagami.mirror.catchup;

import dev.kagami.core.store.ChangePosition;
import dev.kagami.mirror.mesh.Turn;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

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
  public List<Lease> leases() {
    return entities
        .createQuery("select l from LeaseEntity l order by l.target", LeaseEntity.class)
        .getResultList()
        .stream()
        .map(LeaseEntity::lease)
        .toList();
  }

  @Override
  public Optional<Lease> takeFirst(String target, String holder) {
    Turn.await(entities);
    var first = Lease.first(target, holder);
    if (entities.find(LeaseEntity.class, target) != null) {
      return Optional.empty();
    }
    entities.persist(new LeaseEntity(first));
    return Optional.of(first);
  }

  @Override
  public Optional<Lease> take(Lease seen, String holder) {
    return change(seen, seen.takenBy(holder));
  }

  @Override
  public Optional<Lease> renew(Lease lease, List<ChangePosition> reached) {
    var renewed = change(lease, lease.renewed());
    if (renewed.isPresent()) {
      reached.forEach(
          each -> entities.merge(new PositionEntity(new Reached(lease.target(), each))));
    }
    return renewed;
  }

  /** One statement, so that of two processes that have seen the same the second changes nothing. */
  private Optional<Lease> change(Lease seen, Lease next) {
    int rows =
        entities
            .createQuery(
                """
                update LeaseEntity l
                set l.holder = :holder, l.term = :nextTerm, l.beats = :nextBeats
                where l.target = :target
                and l.holder = :seenHolder and l.term = :term and l.beats = :beats
                """)
            .setParameter("holder", next.holder())
            .setParameter("nextTerm", next.term())
            .setParameter("nextBeats", next.beats())
            .setParameter("target", seen.target())
            .setParameter("seenHolder", seen.holder())
            .setParameter("term", seen.term())
            .setParameter("beats", seen.beats())
            .executeUpdate();
    return rows == 1 ? Optional.of(next) : Optional.empty();
  }

  @Override
  public void forget(String target) {
    // The lease first, as it is the first that renew changes: neither waits for the other for ever.
    delete("LeaseEntity", target);
    delete("PositionEntity", target);
  }

  private void delete(String entity, String target) {
    entities
        .createQuery("delete from " + entity + " e where e.target = :target")
        .setParameter("target", target)
        .executeUpdate();
  }
}
