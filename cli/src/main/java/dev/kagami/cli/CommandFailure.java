package dev.kagami.cli;

/**
 * A command cannot do what was asked. The message is all the user sees: one or a few sentences that
 * name the cause and what can be done. Ends the program with exit code 1.
 */
public final class CommandFailure extends RuntimeException {

  /** Tells the user {@code message}. */
  public CommandFailure(String message) {
    super(message);
  }

  /** Tells the user {@code message}; the cause is kept for a debugger only. */
  public CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
