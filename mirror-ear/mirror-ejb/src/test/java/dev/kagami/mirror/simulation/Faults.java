package dev.kagami.mirror.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What goes wrong in a run.
 *
 * @param least so many times
 * @param kinds what is drawn from; one that is there twice comes twice as often
 */
record Faults(int least, List<FaultKind> kinds) {
  private static final int USUAL = 20;
  private static final int MOST = 10_000;

  Faults {
    kinds = List.copyOf(kinds);
  }

  /** Of all kinds. */
  static Faults of(int least) {
    return new Faults(least, FaultKind.ALL);
  }

  /**
   * The others.
   *
   * @throws IllegalArgumentException if there are none
   */
  Faults without(FaultKind kind) {
    var others = kinds.stream().filter(each -> each != kind).toList();
    if (others.isEmpty()) {
      throw new IllegalArgumentException("no kind of fault is left without " + kind);
    }
    return new Faults(least, others);
  }

  /**
   * @param text how many, which kinds, or both, such as {@code 30,crash,one-way-cut}
   * @throws IllegalArgumentException if it is none of these
   */
  static Faults parse(String text) {
    int least = USUAL;
    var kinds = new ArrayList<FaultKind>();
    for (var word : text.split(",", -1)) {
      if (word.matches("[0-9]{1,6}")) {
        least = Integer.parseInt(word);
      } else {
        kinds.add(kind(word));
      }
    }
    if (least > MOST) {
      throw new IllegalArgumentException("--faults is at most " + MOST + ", not " + least);
    }
    return new Faults(least, kinds.isEmpty() ? FaultKind.ALL : kinds);
  }

  private static FaultKind kind(String word) {
    var name = word.toUpperCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(FaultKind.values())
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no kind of fault is called " + word));
  }
}
