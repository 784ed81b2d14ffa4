package dev.kagami.mirror.mesh;

import java.io.Serializable;
import java.util.Objects;

/** The primary key of {@link MirrorTargetEntity}, in the form that JPA asks for. */
class TargetKey implements Serializable {
  private static final long serialVersionUID = 1L;

  String host;
  int port;
  MirrorTarget.Source source;

  protected TargetKey() {}

  TargetKey(MirrorTarget target) {
    this.host = target.address().host();
    this.port = target.address().port();
    this.source = target.source();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TargetKey that
        && port == that.port
        && Objects.equals(host, that.host)
        && source == that.source;
  }

  @Override
  public int hashCode() {
    return Objects.hash(host, port, source);
  }
}
