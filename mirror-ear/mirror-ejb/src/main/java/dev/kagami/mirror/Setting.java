package dev.kagami.mirror;

import java.util.Optional;
import java.util.function.Function;

/**
 * One configured value, not yet judged.
 *
 * @param name its key
 * @param value as written, blanks around it removed; never empty
 */
record Setting(String name, String value) {

  /**
   * The value of {@code name}.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Setting of(String name, String range, Function<String, Optional<String>> source) {
    return source
        .apply(name)
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .map(value -> new Setting(name, value))
        .orElseThrow(() -> new IllegalArgumentException(name + " is not set; give " + range));
  }

  /** The value as a number of [{@code least}, {@code most}]. */
  int number(int least, int most) {
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
   * The value as {@code parse} understands it.
   *
   * @throws IllegalArgumentException if it does not, naming the setting, its value and its range
   */
  <T> T as(String range, Function<String, T> parse) {
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
