package dev.kagami.mirror.catchup;

import dev.kagami.mirror.catchup.PositionRepository.Reached;
import java.io.Serializable;
import java.util.Objects;

/** The primary key of {@link PositionEntity}, in the form that JPA asks for. */
class PositionKey implements Serializable {
  private static final long serialVersionUID = 1L;

  String target;
  String log;

  protected PositionKey() {}

  PositionKey(Reached reached) {
    this.target = reached.target();
    this.log = reached.position().log().toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PositionKey that
        && Objects.equals(target, that.target)
        && Objects.equals(log, that.log);
  }

  @Override
  public int hashCode() {
    return Objects.hash(target, log);
  }
}
