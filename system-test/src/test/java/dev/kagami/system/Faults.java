package dev.kagami.system;

import dev.kagami.core.AtTheRim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Does to some sites what happens to sites: one after another is killed and started again, or
 * stands still for a while, or the wire between the first two is cut, or carries no answers. One
 * thread.
 */
final class Faults {
  private static final int SHORTEST_MILLIS = 500;
  private static final int LONGEST_MILLIS = 6_000;

  private enum Kind {
    KILL,
    KILL_WHILE_CUT,
    STOP,
    CUT,
    LOSE_ANSWERS
  }

  private final Sites sites;
  private final List<FaultProxy> wires;
  private final RandomGenerator random;
  private final List<String> done = new ArrayList<>();

  /**
   * @param wires between the sites A and B, one for each direction of calls
   */
  Faults(Sites sites, List<FaultProxy> wires, RandomGenerator random) {
    this.sites = sites;
    this.wires = wires;
    this.random = random;
  }

  /**
   * Goes on for {@code time} at least, and until each kind has had its turn; afterwards all sites
   * run and all wires are whole.
   */
  void run(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    var kinds = Kind.values();
    for (int round = 0; round < kinds.length || System.nanoTime() - end < 0; round++) {
      once(kinds[round % kinds.length], random.nextInt(sites.count()));
      pause();
    }
  }

  /** What was done, for people. */
  List<String> done() {
    return done;
  }

  private void once(Kind kind, int site) {
    long begin = System.nanoTime();
    switch (kind) {
      case KILL -> kill(site);
      case KILL_WHILE_CUT -> {
        wires.forEach(FaultProxy::cut);
        kill(site);
        wires.forEach(FaultProxy::heal);
      }
      case STOP -> {
        sites.signal(site, "STOP");
        pause();
        sites.signal(site, "CONT");
      }
      case CUT -> {
        wires.forEach(FaultProxy::cut);
        pause();
        wires.forEach(FaultProxy::heal);
      }
      case LOSE_ANSWERS -> {
        var wire = wires.get(random.nextInt(wires.size()));
        wire.loseAnswers();
        pause();
        wire.heal();
      }
    }
    var where = kind == Kind.CUT || kind == Kind.LOSE_ANSWERS ? "A-B" : Integer.toString(site);
    long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
    done.add(kind + " " + where + " " + seconds + " s");
  }

  private void kill(int site) {
    sites.signal(site, "KILL");
    pause();
    sites.startAgain();
  }

  @AtTheRim("faults last a while, and so does what is between them")
  private void pause() {
    try {
      Thread.sleep(random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted between faults", stop);
    }
  }
}
