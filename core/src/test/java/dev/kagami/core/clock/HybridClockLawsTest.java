package dev.kagami.core.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.WriterNumber;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** A failure prints its seed; {@code @Property(seed = ...)} takes it back. */
class HybridClockLawsTest {

  /** Positive steps move the wall clock, of others the absolute value is the time of a stamp. */
  @Property
  void anythingHappens_readingsAscendAndPassAllThatWasSeen(
      @ForAll @Size(max = 50) List<@LongRange(min = -2_000_000, max = 2_000_000) Long> steps,
      @ForAll @IntRange(max = 15) int site,
      @ForAll @IntRange(max = 63) int process) {
    var now = new AtomicLong();
    var writer = new WriterNumber(site, process);
    var tested = new HybridClock(() -> Instant.ofEpochSecond(0, now.get()), writer, Stamp.NONE);
    var greatest = Stamp.NONE;
    for (long step : steps) {
      if (step > 0) {
        now.set(step);
      } else {
        var seen = new Stamp(-step);
        assertThat(tested.observe(seen)).isTrue();
        greatest = seen.compareTo(greatest) > 0 ? seen : greatest;
      }

      var reading = tested.next();

      assertThat(reading).isGreaterThan(greatest);
      assertThat(reading.writer()).isEqualTo(writer);
      greatest = reading;
    }
  }
}
