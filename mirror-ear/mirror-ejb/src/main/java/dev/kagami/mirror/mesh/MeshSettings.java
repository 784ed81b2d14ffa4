package dev.kagami.mirror.mesh;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * How this mirror takes part in its mesh.
 *
 * @param own this process, as it shows itself
 * @param sources those that tell all targets they want
 * @param rules which addresses may be targets
 * @param health when a target counts as disconnected
 * @param pace how often, and how long
 */
public record MeshSettings(
    OwnNode own, List<TargetSource> sources, AddressRules rules, HealthLimits health, Pace pace) {

  /**
   * How often targets are called.
   *
   * @param period between two rounds with a target
   * @param callLimit how long each call of a round may take
   */
  public record Pace(Duration period, Duration callLimit) {
    /** Vald's period. */
    public static final Pace EACH_SECOND = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(2));

    public Pace {
      if (!period.isPositive() || !callLimit.isPositive()) {
        throw new IllegalArgumentException(
            "period and limit are above zero, not " + period + " and " + callLimit);
      }
    }
  }

  public MeshSettings {
    requireNonNull(own, "own");
    requireNonNull(rules, "rules");
    requireNonNull(health, "health");
    requireNonNull(pace, "pace");
    sources = List.copyOf(sources);
  }
}
