package dev.kagami.transport.rest;

/** A request that HTTP or JSON already makes impossible, before any service is asked. */
final class BadRestRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  BadRestRequest(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }
}
