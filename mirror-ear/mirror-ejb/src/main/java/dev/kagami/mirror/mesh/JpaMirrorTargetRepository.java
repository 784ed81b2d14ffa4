package dev.kagami.mirror.mesh;

import dev.kagami.core.store.WriterNumber;
import dev.kagami.transport.client.Address;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The repository in the database {@code jdbc/kagami}; each method is one JTA transaction. */
@ApplicationScoped
@Transactional
public class JpaMirrorTargetRepository implements MirrorTargetRepository {
  private static final Comparator<MirrorTarget> BY_ADDRESS =
      Comparator.comparing((MirrorTarget target) -> target.address().toString())
          .thenComparing(MirrorTarget::source);

  @PersistenceContext(unitName = "kagami")
  private EntityManager entities;

  /** For CDI. */
  public JpaMirrorTargetRepository() {}

  JpaMirrorTargetRepository(EntityManager entities) {
    this.entities = entities;
  }

  @Override
  public List<MirrorTarget> targets() {
    return all(MirrorTargetEntity.class).stream()
        .map(MirrorTargetEntity::target)
        .sorted(BY_ADDRESS)
        .toList();
  }

  @Override
  public void save(MirrorTarget target) {
    Turn.await(entities);
    entities.merge(new MirrorTargetEntity(target));
  }

  @Override
  public void delete(MirrorTarget target) {
    var row = entities.find(MirrorTargetEntity.class, new TargetKey(target));
    if (row != null) {
      entities.remove(row);
    }
  }

  @Override
  public List<TargetStatus> statuses() {
    return all(TargetStatusEntity.class).stream().map(TargetStatusEntity::status).toList();
  }

  @Override
  public void saveStatus(TargetStatus status) {
    Turn.await(entities);
    entities.merge(new TargetStatusEntity(status));
  }

  @Override
  public void deleteStatus(Address address) {
    var row = entities.find(TargetStatusEntity.class, new StatusKey(address));
    if (row != null) {
      entities.remove(row);
    }
  }

  @Override
  public int writerNumber(String name) {
    Turn.await(entities);
    var writers = all(WriterEntity.class);
    for (var writer : writers) {
      if (writer.name().equals(name)) {
        return writer.number();
      }
    }
    var taken = writers.stream().map(WriterEntity::number).toList();
    int free =
        IntStream.rangeClosed(WriterNumber.FIRST_MIRROR, WriterNumber.LAST_MIRROR)
            .filter(number -> !taken.contains(number))
            .findFirst()
            .orElseThrow(() ->
                new IllegalStateException(
                    "all writer numbers of this site's mirrors are taken by "
                        + writers.stream().map(WriterEntity::name).toList()
                        + "; delete the rows of mirrors that are gone for good"));
    entities.persist(new WriterEntity(free, name));
    return free;
  }

  private <E> List<E> all(Class<E> entity) {
    return entities
        .createQuery("select e from " + entity.getSimpleName() + " e", entity)
        .getResultList();
  }
}
