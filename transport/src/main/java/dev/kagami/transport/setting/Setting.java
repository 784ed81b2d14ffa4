package dev.kagami.transport.setting;

import java.util.Optional;
import java.util.function.Function;

/**
 * One configured value, not yet judged. Where settings come from is the caller's affair.
 *
 * @param name its key
 * @param value as written, blanks around it removed; never empty
 */
public record Setting(String name, String value) {

  /**
   * The value of {@code name}.
   *
   * @param range what to give, in words
   * @param source gives the text of a key, if it has one
   * @throws IllegalArgumentException if there is none, or only blanks
   */
  public static Setting of(String name, String range, Function<String, Optional<String>> source) {
    return optional(name, source)
        .orElseThrow(() -> new IllegalArgumentException(name + " is not set; give " + range));
  }

  /** The value of {@code name}, if there is more than blanks. */
  public static Optional<Setting> optional(String name, Function<String, Optional<String>> source) {
    return source
        .apply(name)
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .map(value -> new Setting(name, value));
  }

  /**
   * The value as a whole number of [{@code least}, {@code most}].
   *
   * @throws IllegalArgumentException if it is none
   */
  public int number(int least, int most) {
    return as(
        least + " to " + most,
        text -> {
          int number = Integer.parseInt(text);
          if (number < least || number > most) {
            throw new IllegalArgumentException("out of range");
          }
          return number;
        });
  }

  /**
   * The value as a number of [{@code least}, {@code most}].
   *
   * @throws IllegalArgumentException if it is none
   */
  public float fraction(float least, float most) {
    return as(
        least + " to " + most,
        text -> {
          float fraction = Float.parseFloat(text);
          if (!(fraction >= least && fraction <= most)) {
            throw new IllegalArgumentException("out of range");
          }
          return fraction;
        });
  }

  /**
   * The value as true or false.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public boolean truth() {
    return as(
        "true or false",
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException("it is neither");
            });
  }

  /**
   * The value as {@code parse} understands it.
   *
   * @throws IllegalArgumentException if it does not, naming the setting, its value and its range
   */
  public <T> T as(String range, Function<String, T> parse) {
    try {
      return parse.apply(value);
    } catch (NumberFormatException e) {
      throw refused(range, "it is no number", e);
    } catch (IllegalArgumentException e) {
      throw refused(range, e.getMessage(), e);
    }
  }

  private IllegalArgumentException refused(String range, String why, Exception cause) {
    return new IllegalArgumentException(
        name + " is '" + value + "': " + why + "; give " + range, cause);
  }
}
