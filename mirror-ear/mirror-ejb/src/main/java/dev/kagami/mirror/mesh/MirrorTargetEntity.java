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

/** A row of {@code mirror_target}. */
@Entity
@IdClass(TargetKey.class)
@Table(name = "mirror_target")
class MirrorTargetEntity {
  @Id private String host;
  @Id private int port;

  @Id
  @Enumerated(EnumType.STRING)
  private MirrorTarget.Source source;

  @Enumerated(EnumType.STRING)
  private MirrorTarget.Desired desired;

  private String colocation;

  @Column(name = "target_group")
  private String group;

  private OffsetDateTime since;

  protected MirrorTargetEntity() {}

  MirrorTargetEntity(MirrorTarget target) {
    this.host = target.address().host();
    this.port = target.address().port();
    this.source = target.source();
    this.desired = target.desired();
    this.colocation = target.labels().colocation();
    this.group = target.labels().group();
    this.since = target.since().atOffset(ZoneOffset.UTC);
  }

  MirrorTarget target() {
    return new MirrorTarget(
        new Address(host, port),
        source,
        desired,
        new MirrorTarget.Labels(colocation, group),
        since.toInstant());
  }
}
