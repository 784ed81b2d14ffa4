package dev.kagami.mirror.catchup;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of {@code mirror_lease}. */
@Entity
@Table(name = "mirror_lease")
class LeaseEntity {
  @Id private String target;
  private String holder;
  private long term;
  private long beats;

  protected LeaseEntity() {}

  LeaseEntity(Lease lease) {
    this.target = lease.target();
    this.holder = lease.holder();
    this.term = lease.term();
    this.beats = lease.beats();
  }

  Lease lease() {
    return new Lease(target, holder, term, beats);
  }
}
