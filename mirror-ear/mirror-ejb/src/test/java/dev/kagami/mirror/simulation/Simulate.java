package dev.kagami.mirror.simulation;

import dev.kagami.mirror.replication.Mode;
import dev.kagami.mirror.replication.Variant;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;

/**
 * {@code ./kagami simulate}: runs one seed after the other and tells which break a law, and how.
 */
public final class Simulate {
  static final String USAGE =
      """
      Usage: kagami simulate [--sites N] [--seed N] [--runs N] [--mode MODE] [--writes N]
                             [--ids N] [--faults [N,]KIND,...] [--retention SECONDS]
                             [--variant VARIANT]
      Runs the mirrors of some sites in virtual time while everything goes wrong that can, and checks
      the laws of docs/mirroring.md, one run on each core at a time. The same seed and sizes give the
      same run anywhere, which its trace shows: all that was sent, stored and answered, as a number.
        --sites    how many, 2 to 8 (3)
        --seed     of the first run; the next ones count up (1)
        --runs     how many (10)
        --mode     of every write: connected, strict, quorum or local (connected)
        --writes   in each run (2000)
        --ids      that the writes share (12)
        --faults   at least so many in each run, of which kinds, or both: 30,crash,cut (20 of all)
                   crash (with some of the journal's tail lost), crashes (two at once), cut,
                   one-way-cut, home-cut (a mirror and its own cluster), storm (the next three),
                   loss, delay (and another order), duplicates, clock-jump, full-journal,
                   full-cluster, removal (of a target, which is added again)
        --retention  seconds after which removals and undos may be forgotten, 20 or more, for
                   messages are late; clocks do not jump then. 0 for never (0)
        --variant  right, or a mechanism built wrong, such as no_void_marks (right)
      Ends with 1 if a law was broken; the part of that run that breaks it is printed too.
      """;

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "sites", "3",
          "seed", "1",
          "runs", "10",
          "mode", "connected",
          "writes", "2000",
          "ids", "12",
          "faults", "20",
          "retention", "0",
          "variant", "right");

  private final Map<String, String> options;

  private Simulate(Map<String, String> options) {
    this.options = options;
  }

  public static void main(String[] arguments) {
    Logger.getLogger("dev.kagami.mirror").setLevel(Level.OFF);
    System.exit(run(List.of(arguments), System.out));
  }

  /**
   * Runs what the arguments say.
   *
   * @return 0 if no law was broken, 1 if one was, 2 if the arguments cannot be
   */
  static int run(List<String> arguments, PrintStream out) {
    if (arguments.contains("--help")) {
      out.print(USAGE);
      return 0;
    }
    try {
      return new Simulate(parse(arguments)).run(out);
    } catch (IllegalArgumentException wrong) {
      out.println("kagami: " + wrong.getMessage());
      out.print(USAGE);
      return 2;
    }
  }

  private static Map<String, String> parse(List<String> arguments) {
    var options = new HashMap<>(DEFAULTS);
    for (int i = 0; i < arguments.size(); i += 2) {
      var name = arguments.get(i).replaceFirst("^--", "");
      if (!DEFAULTS.containsKey(name) || i + 1 == arguments.size()) {
        throw new IllegalArgumentException(
            arguments.get(i) + " is no option of simulate, or has no value");
      }
      options.put(name, arguments.get(i + 1));
    }
    return options;
  }

  private int run(PrintStream out) {
    var all =
        new Script.Size(
            number("sites", 2, 8),
            Mode.parse(options.get("mode")),
            number("writes", 1, 1_000_000),
            number("ids", 1, 1_000_000),
            Faults.parse(options.get("faults")));
    var retention = Duration.ofSeconds(number("retention", 0, 1_000_000));
    var size = retention.isPositive() ? all.forgettingAfter(retention) : all;
    var variant = Variant.valueOf(options.get("variant").toUpperCase(Locale.ROOT));
    long first = Long.parseLong(options.get("seed"));
    int runs = number("runs", 1, 1_000_000);
    var broken =
        new Runs(seed -> Script.random(seed, size), variant)
            .untilBroken(
                LongStream.range(first, first + runs),
                (result, seed) -> out.println("seed " + seed + ": " + result));
    broken.ifPresent(script -> tell(script, variant, out));
    return broken.isPresent() ? 1 : 0;
  }

  private static void tell(Script script, Variant variant, PrintStream out) {
    var shorter = Shrinking.shrink(script, variant);
    out.println("shortest: " + Simulation.run(shorter, variant) + System.lineSeparator() + shorter);
  }

  private int number(String name, int least, int most) {
    int value = Integer.parseInt(options.get(name));
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "--" + name + " is " + least + " to " + most + ", not " + value);
    }
    return value;
  }
}
