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

    var health = failing(TargetHealth.pending(limits).connected(START), failed, START);

    assertThat(health.phase()).isEqualTo(expected);
  }

  @Test
  void oneSuccess_resetsCountAndTime() {
    var limits = new HealthLimits(3, Duration.ofSeconds(2));
    var health = failing(TargetHealth.pending(limits).connected(START), 2, START);

    var after = failing(health.answered(), 2, START.plusSeconds(100));

    assertThat(after.phase()).isEqualTo(TargetPhase.CONNECTED);
    assertThat(failing(after, 1, START.plusSeconds(102)).phase())
        .isEqualTo(TargetPhase.DISCONNECTED);
  }

  @Test
  void disconnectedTarget_catchesUpBeforeItIsConnected() {
    var limits = new HealthLimits(1, Duration.ZERO);

    var health = failing(TargetHealth.pending(limits), 7, START).returned(START.plusSeconds(7));

    assertThat(health.phase()).isEqualTo(TargetPhase.CATCHING_UP);
    assertThat(health.caughtUp(START).phase()).isEqualTo(TargetPhase.CONNECTED);
    assertThat(failing(health, 1, START).phase()).isEqualTo(TargetPhase.DISCONNECTED);
    assertThat(failing(health, 1, START).caughtUp(START).phase())
        .isEqualTo(TargetPhase.DISCONNECTED);
  }

  /** Each time it is connected for a second, then lost. */
  @ParameterizedTest(name = "lost {0} times: back after {1} s")
  @CsvSource({"1, 0", "2, 1", "3, 2", "4, 4", "5, 8", "6, 16", "7, 30", "20, 30"})
  void targetThatComesAndGoes_waitsLonger(int losses, int seconds) {
    var health = TargetHealth.pending(new HealthLimits(1, Duration.ZERO)).connected(START);
    var now = START;
    for (int i = 0; i < losses; i++) {
      health = health.connected(now);
      now = now.plusSeconds(1);
      health = health.failed(now);
    }

    var back = now.plusSeconds(seconds);
    assertThat(health.returned(back).phase()).isEqualTo(TargetPhase.CATCHING_UP);
    if (seconds > 0) {
      assertThat(health.returned(back.minusMillis(1)).phase()).isEqualTo(TargetPhase.DISCONNECTED);
    }
    assertThat(health.returned(now.minusSeconds(3600)).phase())
        .as("the clock was set back")
        .isEqualTo(TargetPhase.CATCHING_UP);
  }

  @Test
  void targetThatStayedForLong_doesNotWait() {
    var health = TargetHealth.pending(new HealthLimits(1, Duration.ZERO));
    for (int i = 0; i < 5; i++) {
      health = health.connected(START).failed(START.plusSeconds(1));
    }
    var later = START.plusSeconds(100);

    var lost = health.connected(later).failed(later.plus(Flapping.SOON));

    assertThat(lost.returned(later.plus(Flapping.SOON)).phase()).isEqualTo(TargetPhase.CATCHING_UP);
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
    assertThat(health.connected(START).refused().phase()).isEqualTo(TargetPhase.DISCONNECTED);
  }

  @Test
  void clockThatStepsBack_disconnectsLaterOnly() {
    var limits = new HealthLimits(2, Duration.ofSeconds(2));
    var health = failing(TargetHealth.pending(limits).connected(START), 1, START);

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
