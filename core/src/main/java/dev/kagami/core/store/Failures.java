package dev.kagami.core.store;

import java.util.concurrent.CompletionException;

/** What a stage failed with. */
final class Failures {
  private Failures() {}

  /** Without what a chain of stages wraps around it. */
  static Throwable unwrapped(Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }
}
