package dev.kagami.mirror.mesh;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of {@code mirror_writer}. */
@Entity
@Table(name = "mirror_writer")
class WriterEntity {
  @Id private int number;
  private String name;

  protected WriterEntity() {}

  WriterEntity(int number, String name) {
    this.number = number;
    this.name = name;
  }

  int number() {
    return number;
  }

  String name() {
    return name;
  }
}
