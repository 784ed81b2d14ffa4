package dev.kagami.mirror.simulation;

import dev.kagami.mirror.replication.Mode;
import dev.kagami.mirror.simulation.Step.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * All that is asked and all that goes wrong in one run. Together with the seed, which also decides
 * how long messages take, it is the whole run.
 *
 * @param seed of the network and of everything else that is left to chance
 * @param steps in the order of their times
 */
record Script(long seed, Size size, List<Step> steps) {
  /** Vectors that are told apart; few, so that the same data meets itself. */
  static final int CONTENTS = 40;

  private static final int MILLIS_PER_WRITE = 40;

  /**
   * How much happens.
   *
   * @param sites 2 or more
   * @param mode of every write
   * @param writes asked for
   * @param ids that all writes share
   * @param faults that befall it
   * @param retention how long removals and undos are remembered; zero for good
   */
  record Size(int sites, Mode mode, int writes, int ids, Faults faults, Duration retention) {
    /** Few, so that writes meet. */
    private static final int FEW_IDS = 12;

    Size(int sites, Mode mode, int writes, int faults) {
      this(sites, mode, writes, FEW_IDS, Faults.of(faults));
    }

    /** One that remembers all. */
    Size(int sites, Mode mode, int writes, int ids, Faults faults) {
      this(sites, mode, writes, ids, faults, Duration.ZERO);
    }

    /** One whose clocks do not jump: in earnest they are wrong by far less than the retention. */
    Size forgettingAfter(Duration retention) {
      return new Size(sites, mode, writes, ids, faults.without(FaultKind.CLOCK_JUMP), retention);
    }

    int millis() {
      return writes * MILLIS_PER_WRITE;
    }
  }

  Script {
    steps = steps.stream().sorted(Comparator.comparingInt(Step::at)).toList();
  }

  static Script random(long seed, Size size) {
    var random = new SplittableRandom(seed);
    var steps = new ArrayList<Step>();
    for (int i = 0; i < size.writes(); i++) {
      steps.add(write(random, size));
    }
    for (int i = 0; i < size.faults().least(); i++) {
      steps.addAll(FaultKind.draw(random, size, size.faults().kinds()));
    }
    return new Script(seed, size, steps);
  }

  private static Write write(SplittableRandom random, Size size) {
    var kinds = Write.Kind.values();
    var times = Write.ClientTime.values();
    var time = random.nextInt(5) > 0 ? Write.ClientTime.NONE : times[random.nextInt(times.length)];
    return new Write(
        random.nextInt(size.millis()),
        random.nextInt(size.sites()),
        kinds[random.nextInt(kinds.length)],
        random.nextInt(size.ids()),
        random.nextInt(CONTENTS),
        time);
  }

  /** When its last step begins. */
  int millis() {
    return steps.isEmpty() ? 0 : steps.getLast().at();
  }

  Script with(List<Step> others) {
    return new Script(seed, size, others);
  }

  @Override
  public String toString() {
    return "seed "
        + seed
        + ", "
        + size
        + "\n  "
        + steps.stream().map(Step::toString).collect(Collectors.joining("\n  "));
  }
}
