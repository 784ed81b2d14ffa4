package dev.kagami.mirror.mesh;

import dev.kagami.transport.client.Address;
import java.io.Serializable;
import java.util.Objects;

/** The primary key of {@link TargetStatusEntity}, in the form that JPA asks for. */
class StatusKey implements Serializable {
  private static final long serialVersionUID = 1L;

  String host;
  int port;

  protected StatusKey() {}

  StatusKey(Address address) {
    this.host = address.host();
    this.port = address.port();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StatusKey that && port == that.port && Objects.equals(host, that.host);
  }

  @Override
  public int hashCode() {
    return Objects.hash(host, port);
  }
}
