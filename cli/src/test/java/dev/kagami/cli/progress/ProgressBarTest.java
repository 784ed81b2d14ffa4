package dev.kagami.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // such a clock may overflow
  private final StringWriter written = new StringWriter();

  @Test
  void pipe_getsPlainLinesFarApart() {
    var bar = bar(false);

    pass(Duration.ofSeconds(4));
    bar.reached(4000, 0.4);
    pass(Duration.ofSeconds(1));
    bar.reached(5000, 0.5);
    bar.clear();

    assertThat(written.toString())
        .isEqualToNormalizingNewlines(" 50 %  5,000 words  1,000/s  0:05 left\n");
  }

  @Test
  void terminal_getsOneLineThatIsCleared() {
    var bar = bar(true);

    pass(Duration.ofMillis(100));
    bar.reached(10, 0.1);
    bar.clear();

    assertThat(written.toString())
        .startsWith("\r[###---------------------------]   10 %  10 words  100/s  0:01 left\r  ")
        .endsWith(" \r")
        .doesNotContain("\n");
  }

  @Test
  void moreThanAnHour_isToldInHours() {
    var bar = bar(false);

    pass(Duration.ofMinutes(1));
    bar.reached(1, 0.01);

    assertThat(written.toString()).contains("1:39:00 left");
  }

  @Test
  void nothingYet_hasNoTimeLeft() {
    var bar = bar(false);

    pass(Duration.ofSeconds(10));
    bar.reached(0, 0);

    assertThat(written.toString()).contains("? left");
  }

  @Test
  void summary_tellsRate() {
    var bar = bar(false);

    pass(Duration.ofSeconds(2));

    assertThat(bar.summary(5000)).isEqualTo("5,000 words in 2.0 s (2,500/s)");
  }

  private ProgressBar bar(boolean terminal) {
    return new ProgressBar("words", new PrintWriter(written), terminal, nanos::get);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
