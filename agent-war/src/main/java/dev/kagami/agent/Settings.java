package dev.kagami.agent;

import java.util.Optional;
import java.util.function.Function;

/**
 * Reads settings by name and refuses bad ones with their name, value and allowed range, which stops
 * the start.
 */
final class Settings {
  private final Function<String, Optional<String>> source;

  /**
   * @param source the text of a setting, if it is set
   */
  Settings(Function<String, Optional<String>> source) {
    this.source = source;
  }

  String text(String name) {
    return optional(name)
        .orElseThrow(() -> new IllegalArgumentException(name + " is not set, and has no default"));
  }

  int number(String name, int least, int most) {
    return number(name, text(name), least, most);
  }

  int number(String name, int least, int most, int otherwise) {
    return optional(name).map(text -> number(name, text, least, most)).orElse(otherwise);
  }

  private static int number(String name, String text, int least, int most) {
    var range = least + " to " + most;
    int number;
    try {
      number = Integer.parseInt(text);
    } catch (NumberFormatException notOne) {
      throw bad(name, text, "give a whole number, " + range);
    }
    if (number < least || number > most) {
      throw bad(name, text, "allowed is " + range);
    }
    return number;
  }

  float fraction(String name, float least, float most, float otherwise) {
    return optional(name).map(text -> fraction(name, text, least, most)).orElse(otherwise);
  }

  private static float fraction(String name, String text, float least, float most) {
    float fraction;
    try {
      fraction = Float.parseFloat(text);
    } catch (NumberFormatException notOne) {
      throw bad(name, text, "give a number, " + least + " to " + most);
    }
    if (!(fraction >= least && fraction <= most)) {
      throw bad(name, text, "allowed is " + least + " to " + most);
    }
    return fraction;
  }

  /** What {@code parser} makes of the text; its complaint names what is allowed. */
  <T> T parsed(String name, Function<String, T> parser) {
    var text = text(name);
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException refused) {
      throw bad(name, text, refused.getMessage());
    }
  }

  private Optional<String> optional(String name) {
    return source.apply(name).map(String::strip).filter(text -> !text.isEmpty());
  }

  private static IllegalArgumentException bad(String name, String text, String allowed) {
    return new IllegalArgumentException(name + " = " + text + ": " + allowed);
  }
}
