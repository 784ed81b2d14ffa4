package dev.kagami.mirror.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetHealthTest {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  /** Failures come one a second, the first at second 0. */
  @ParameterizedTest(name = "{0} failures and {1} s: {2} failures make it {3}")
  @CsvSource({
    "3, 2, 0, CONNECTED",
    "3, 2, 2, CONNECTED",
    "3, 2, 3, DISCONNECTED",
    "3, 5, 3, CONNECTED",
    "3, 5, 5, CONNECTED",
    "3, 5, 6, DISCONNECTED",
    "9, 2, 8, CONNECTED",
    "9, 2, 9, DISCONNECTED",
    "0, 4, 4, CONNECTED",
    "0, 4, 5, DISCONNECTED",
    "1, 0, 1, DISCONNECTED",
    "4, 0, 3, CONNECTED",
    "4, 0, 4, DISCONNECTED",
    "0, 0, 1000, CONNECTED",
  })
  void connectedTarget_isDisconnectedWhenBothLimitsAreReached(
      int failures, int seconds, int failed, TargetPhase expected) {
    var limits = new HealthLimits(failures, Duration.ofSeconds(seconds));

    var health = failing(TargetHealth.pending(limits).succeeded(), failed, START);

    assertThat(health.phase()).isEqualTo(expected);
  }

  @Test
  void oneSuccess_resetsCountAndTime() {
    var limits = new HealthLimits(3, Duration.ofSeconds(2));
    var health = failing(TargetHealth.pending(limits).succeeded(), 2, START);

    var after = failing(health.succeeded(), 2, START.plusSeconds(100));

    assertThat(after.phase()).isEqualTo(TargetPhase.CONNECTED);
    assertThat(failing(after, 1, START.plusSeconds(102)).phase())
        .isEqualTo(TargetPhase.DISCONNECTED);
  }

  @Test
  void disconnectedTarget_isConnectedByOneSuccess() {
    var limits = new HealthLimits(1, Duration.ZERO);

    var health = failing(TargetHealth.pending(limits), 7, START).succeeded();

    assertThat(health.phase()).isEqualTo(TargetPhase.CONNECTED);
  }

  @Test
  void uncalledTarget_isPendingUntilTheLimits() {
    var limits = new HealthLimits(2, Duration.ZERO);
    var health = TargetHealth.pending(limits);

    assertThat(health.phase()).isEqualTo(TargetPhase.PENDING);
    assertThat(failing(health, 1, START).phase()).isEqualTo(TargetPhase.PENDING);
    assertThat(failing(health, 2, START).phase()).isEqualTo(TargetPhase.DISCONNECTED);
  }

  @Test
  void refusedTarget_isUnknown_orDisconnectedIfItWasOurs() {
    var health = TargetHealth.pending(new HealthLimits(1, Duration.ZERO));

    assertThat(health.refused().phase()).isEqualTo(TargetPhase.UNKNOWN);
    assertThat(health.succeeded().refused().phase()).isEqualTo(TargetPhase.DISCONNECTED);
  }

  @Test
  void clockThatStepsBack_disconnectsLaterOnly() {
    var limits = new HealthLimits(2, Duration.ofSeconds(2));
    var health = failing(TargetHealth.pending(limits).succeeded(), 1, START);

    var after = failing(health, 5, START.minusSeconds(3600));

    assertThat(after.phase()).isEqualTo(TargetPhase.CONNECTED);
  }

  @Test
  void negativeLimits_areRefused() {
    assertThatThrownBy(() -> new HealthLimits(-1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HealthLimits(1, Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static TargetHealth failing(TargetHealth health, int times, Instant first) {
    var now = health;
    for (int i = 0; i < times; i++) {
      now = now.failed(first.plusSeconds(i));
    }
    return now;
  }
}
