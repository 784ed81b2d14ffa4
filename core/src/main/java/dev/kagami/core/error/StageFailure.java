package dev.kagami.core.error;

import java.util.concurrent.CompletionException;

/** What a stage failed with. */
public final class StageFailure {
  private StageFailure() {}

  /** The failure without what a chain of stages wraps around it. */
  public static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** The message of the {@link #cause}. */
  public static String words(Throwable failure) {
    return cause(failure).getMessage();
  }
}
