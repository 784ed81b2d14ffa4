package dev.kagami.mirror.catchup;

import dev.kagami.core.store.ChangePosition;
import dev.kagami.mirror.catchup.PositionRepository.Reached;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;

/** A row of {@code mirror_position}. */
@Entity
@IdClass(PositionKey.class)
@Table(name = "mirror_position")
class PositionEntity {
  @Id private String target;

  @Id
  @Column(name = "change_log")
  private String log;

  private long seq;

  protected PositionEntity() {}

  PositionEntity(Reached reached) {
    this.target = reached.target();
    this.log = reached.position().log().toString();
    this.seq = reached.position().seq();
  }

  Reached reached() {
    return new Reached(target, new ChangePosition(UUID.fromString(log), seq));
  }
}
