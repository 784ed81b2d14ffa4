package dev.kagami.mirror.simulation;

import dev.kagami.mirror.simulation.Step.Fault;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** What can go wrong in a run. */
enum FaultKind {
  /** A mirror dies after any of its steps, with some of its journal's tail lost. */
  CRASH,
  /** Two mirrors at once. */
  CRASHES,
  /** Nothing gets from one site to another, answers included. */
  ONE_WAY_CUT,
  CUT,
  /** A mirror does not reach its own cluster. */
  HOME_CUT,
  /** Messages are lost, late, out of order and come twice. */
  STORM,
  CLOCK_JUMP,
  FULL_JOURNAL,
  FULL_CLUSTER,
  LOSS,
  /** Messages are late, and so out of order. */
  DELAY,
  DUPLICATES,
  /** An operator removes a target, and adds it again. */
  REMOVAL;

  /** Those that there were first, by their weights: what the seeds of old runs draw from. */
  static final List<FaultKind> FIRST =
      List.of(
          CRASH,
          CRASH,
          CRASH,
          ONE_WAY_CUT,
          CUT,
          HOME_CUT,
          STORM,
          STORM,
          CLOCK_JUMP,
          FULL_JOURNAL,
          FULL_CLUSTER,
          CRASHES);

  /** Each at least once. */
  static final List<FaultKind> ALL =
      Stream.concat(FIRST.stream(), Stream.of(LOSS, DELAY, DUPLICATES, REMOVAL, REMOVAL)).toList();

  /** One of {@code kinds}, some time in a run. */
  static List<Fault> draw(SplittableRandom random, Script.Size size, List<FaultKind> kinds) {
    int at = random.nextInt(size.millis());
    int site = random.nextInt(size.sites());
    int other = (site + 1 + random.nextInt(size.sites() - 1)) % size.sites();
    int lasts = 100 + random.nextInt(1 << (4 + random.nextInt(10)));
    return switch (kinds.get(random.nextInt(kinds.size()))) {
      case CRASH -> List.of(crash(random, at, site, lasts));
      case CRASHES -> List.of(crash(random, at, site, lasts), crash(random, at, other, lasts));
      case ONE_WAY_CUT -> List.of(new Fault.Cut(at, site, other, lasts));
      case CUT ->
          List.of(new Fault.Cut(at, site, other, lasts), new Fault.Cut(at, other, site, lasts));
      case HOME_CUT -> List.of(new Fault.Cut(at, site, site, Math.min(lasts, 2000)));
      case STORM -> List.of(new Fault.Weather(at, Sky.STORM, lasts));
      case LOSS -> List.of(new Fault.Weather(at, Sky.LOSS, lasts));
      case DELAY -> List.of(new Fault.Weather(at, Sky.DELAY, lasts));
      case DUPLICATES -> List.of(new Fault.Weather(at, Sky.DUPLICATES, lasts));
      case CLOCK_JUMP -> List.of(new Fault.ClockJump(at, site, jump(random), lasts));
      case FULL_JOURNAL -> List.of(new Fault.FullJournal(at, site, lasts));
      case FULL_CLUSTER -> List.of(new Fault.FullCluster(at, site, lasts));
      case REMOVAL -> List.of(new Fault.Removal(at, site, other, lasts));
    };
  }

  private static Fault crash(SplittableRandom random, int at, int site, int lasts) {
    return new Fault.Crash(at, site, 1 + random.nextInt(20), random.nextInt(4), lasts);
  }

  private static int jump(SplittableRandom random) {
    int[] seconds = {3600, -3600, 60, -60, 1, -1};
    return seconds[random.nextInt(seconds.length)];
  }
}
