package dev.kagami.cli;

/**
 * An option was given a value it does not take. The message names the option, what it takes, and
 * the value. Ends the program with exit code 2.
 */
public final class WrongOption extends RuntimeException {

  /** Tells the user {@code message}. */
  public WrongOption(String message) {
    super(message);
  }

  /**
   * Refuses a number outside {@code least} to {@code most}.
   *
   * @param option as it is written, {@code --sites}
   * @throws WrongOption if it is outside
   */
  public static void unlessWithin(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new WrongOption(option + " must be " + least + " to " + most + ", not " + value + ".");
    }
  }
}
