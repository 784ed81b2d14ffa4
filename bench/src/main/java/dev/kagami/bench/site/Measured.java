package dev.kagami.bench.site;

import java.time.Duration;
import java.util.List;

/**
 * What came of a turn, or of several.
 *
 * @param nanos of each answered call, ascending
 * @param failures calls that ended with an error
 * @param wall the time it took
 * @param cpu what the server's process took meanwhile
 */
record Measured(List<Long> nanos, long failures, Duration wall, Duration cpu) {

  /** All turns as one. */
  static Measured sum(List<Measured> turns) {
    return new Measured(
        turns.stream().flatMap(turn -> turn.nanos.stream()).sorted().toList(),
        turns.stream().mapToLong(Measured::failures).sum(),
        turns.stream().map(Measured::wall).reduce(Duration.ZERO, Duration::plus),
        turns.stream().map(Measured::cpu).reduce(Duration.ZERO, Duration::plus));
  }

  double perSecond() {
    return nanos.size() / (wall.toNanos() / 1e9);
  }

  /** Milliseconds within which {@code share} of all calls were answered. */
  double millis(double share) {
    return nanos.isEmpty() ? Double.NaN : nanos.get((int) (share * (nanos.size() - 1))) / 1e6;
  }

  /** Of server CPU. */
  double cpuMicrosPerCall() {
    return cpu.toNanos() / 1e3 / nanos.size();
  }

  /** The middle of the turns' rates. */
  static double medianPerSecond(List<Measured> turns) {
    var rates = turns.stream().mapToDouble(Measured::perSecond).sorted().toArray();
    return rates[rates.length / 2];
  }
}
