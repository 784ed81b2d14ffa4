package dev.kagami.mirror.mesh;

import dev.kagami.transport.client.Address;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** A row of {@code mirror_target_status}. */
@Entity
@IdClass(StatusKey.class)
@Table(name = "mirror_target_status")
class TargetStatusEntity {
  @Id private String host;
  @Id private int port;

  /** Empty as long as none is known. */
  private String site;

  @Column(name = "site_number")
  private int siteNumber;

  @Enumerated(EnumType.STRING)
  private Standing standing;

  @Enumerated(EnumType.STRING)
  private TargetPhase phase;

  private String reason;
  private OffsetDateTime since;

  protected TargetStatusEntity() {}

  TargetStatusEntity(TargetStatus status) {
    this.host = status.address().host();
    this.port = status.address().port();
    this.site = status.site().map(Site::name).orElse("");
    this.siteNumber = status.site().map(Site::number).orElse(0);
    this.standing = status.standing();
    this.phase = status.phase();
    this.reason = status.reason();
    this.since = status.since().atOffset(ZoneOffset.UTC);
  }

  TargetStatus status() {
    return new TargetStatus(
        new Address(host, port),
        site.isEmpty() ? Optional.empty() : Optional.of(new Site(site, siteNumber)),
        standing,
        phase,
        reason,
        since.toInstant());
  }
}
