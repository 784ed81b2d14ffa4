package dev.kagami.mirror.simulation;

import dev.kagami.mirror.replication.Mode;
import dev.kagami.mirror.replication.Variant;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs one seed after the other and prints which break a law, and how. */
public final class Simulate {
  private static final int MOST_SHOWN = 5;

  private Simulate() {}

  /**
   * Runs them.
   *
   * @param arguments the first seed, how many, the mode, writes and faults in each, and the variant
   */
  public static void main(String[] arguments) {
    var log = Logger.getLogger("dev.kagami.mirror");
    log.setLevel(Level.OFF);
    long first = Long.parseLong(arguments[0]);
    long count = Long.parseLong(arguments[1]);
    var size =
        new Script.Size(
            3,
            Mode.parse(arguments[2]),
            Integer.parseInt(arguments[3]),
            Integer.parseInt(arguments[4]));
    var variant = Variant.valueOf(arguments[5]);
    int broken = 0;
    for (long seed = first; seed < first + count && broken < MOST_SHOWN; seed++) {
      var law = Simulation.run(Script.random(seed, size), variant);
      if (law.isPresent()) {
        broken++;
        System.out.println("seed " + seed + ": " + law.get());
      }
    }
    System.out.println(broken + " of " + count + " runs broke a law");
  }
}
