package dev.kagami.core.vector;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The names of a choice in a configuration: blank-separated, lower case, Kagami's own first.
 * Stateless and thread-safe.
 */
final class Spellings {
  private Spellings() {}

  /** The name that Kagami itself writes. */
  static String own(String names) {
    return all(names).getFirst();
  }

  private static List<String> all(String names) {
    return List.of(names.split(" "));
  }

  /**
   * Which of {@code choices} the {@code text} names; case, blanks, hyphens and underscores do not
   * matter.
   *
   * @param what the kind of choice, for the message
   * @param names what each is called
   * @throws IllegalArgumentException if none is, naming all that are known
   */
  static <C> C parse(String what, C[] choices, Function<C, String> names, String text) {
    var plain = text.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
    return Arrays.stream(choices)
        .filter(choice -> all(names.apply(choice)).contains(plain))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "unknown " + what + " '" + text + "'; known are " + listed(choices, names)));
  }

  private static <C> String listed(C[] choices, Function<C, String> names) {
    return String.join(", ", Arrays.stream(choices).map(names).map(Spellings::own).toList());
  }
}
