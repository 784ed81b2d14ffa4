package dev.kagami.core.clock;

import static dev.kagami.core.clock.ControlledScheduler.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlledSchedulerTest {
  private final ControlledScheduler scheduler = new ControlledScheduler();
  private final List<String> ran = new ArrayList<>();

  @Test
  void timeDoesNotPass_nothingRuns() {
    scheduler.after(Duration.ZERO, () -> ran.add("now"));

    assertThat(ran).isEmpty();
    assertThat(scheduler.pending()).isEqualTo(1);
    assertThat(scheduler.instant()).isEqualTo(START);
  }

  @Test
  void timePasses_dueTasksRunInOrderAtTheirOwnTime() {
    after(3, "c");
    after(1, "a");
    after(1, "b");
    after(4, "later");

    scheduler.advance(Duration.ofSeconds(3));

    assertThat(ran).containsExactly("a at 1", "b at 1", "c at 3");
    assertThat(scheduler.instant()).isEqualTo(START.plusSeconds(3));
  }

  @Test
  void taskSchedulesAnother_itRunsInTheSameAdvanceIfDue() {
    scheduler.after(
        Duration.ofSeconds(1),
        () -> {
          after(1, "second");
          after(2, "third");
        });

    scheduler.advance(Duration.ofSeconds(2));

    assertThat(ran).containsExactly("second at 2");
    assertThat(scheduler.runNext()).isTrue();
    assertThat(ran).containsExactly("second at 2", "third at 3");
    assertThat(scheduler.runNext()).isFalse();
  }

  @Test
  void cancelledTask_neverRuns() {
    var timer = scheduler.after(Duration.ofSeconds(1), () -> ran.add("cancelled"));

    timer.cancel();
    timer.cancel();
    scheduler.advance(Duration.ofSeconds(2));

    assertThat(ran).isEmpty();
  }

  @Test
  void wallClockIsSetBack_timersKeepTheirDistance() {
    after(1, "a");

    scheduler.shiftWallClock(Duration.ofHours(-1));

    assertThat(scheduler.instant()).isEqualTo(START.minusSeconds(3600));
    scheduler.advance(Duration.ofSeconds(1));
    assertThat(ran).hasSize(1);
  }

  private void after(int seconds, String name) {
    scheduler.after(
        Duration.ofSeconds(seconds),
        () -> ran.add(name + " at " + Duration.between(START, scheduler.instant()).toSeconds()));
  }
}
