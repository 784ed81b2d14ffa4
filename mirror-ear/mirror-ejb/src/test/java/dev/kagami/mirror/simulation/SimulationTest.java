package dev.kagami.mirror.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.kagami.core.Seed;
import dev.kagami.mirror.replication.Mode;
import dev.kagami.mirror.replication.Variant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Three real mirrors under every fault, in virtual time. {@code -Dkagami.simulation.runs} says how
 * many runs of each mode, {@code -Dkagami.seed} runs the failed one again.
 */
class SimulationTest {
  private static final int WRITES = 2000;
  private static final int FAULTS = 20;
  private static final int RUNS = Integer.getInteger("kagami.simulation.runs", 12);
  private static final int TRIES = 30;

  private final Logger log = Logger.getLogger("dev.kagami.mirror");
  private final Level before = log.getLevel();

  @BeforeEach
  void beSilent() {
    log.setLevel(Level.OFF);
  }

  @AfterEach
  void speakAgain() {
    log.setLevel(before);
  }

  @ParameterizedTest
  @EnumSource
  void everythingGoesWrong_noLawIsBroken(Mode mode) {
    var first = Seed.next().value();
    var seeds = new SplittableRandom(first);
    for (int run = 0; run < RUNS; run++) {
      long seed = run == 0 ? first : seeds.nextLong();
      var script = Script.random(seed, large(mode));
      Simulation.run(script, Variant.RIGHT).ifPresent(law -> tell(script, law));
    }
  }

  /** One of three, for half of the run; in strict mode nothing would be written meanwhile. */
  @ParameterizedTest
  @EnumSource(names = "STRICT", mode = EnumSource.Mode.EXCLUDE)
  void siteIsAwayForLong_itIsBroughtAllThatItMissed(Mode mode) {
    var script = longAbsence(Seed.next().value(), mode);

    var summary = Simulation.summary(script, Variant.RIGHT);

    assertThat(summary).as(() -> "seed " + script.seed()).doesNotContain("law");
    assertThat(summary).as("hundreds of ids").containsPattern("most missed=[2-9][0-9]{2}");
  }

  /** Its mirror answers all the while. */
  @Test
  void siteTakesNoWritesForLong_theOthersSoonGoOnWithoutIt() {
    var size = new Script.Size(3, Mode.CONNECTED, WRITES, 0);
    var steps = new ArrayList<>(Script.random(1, size).steps());
    int lasts = size.millis() * 3 / 4;
    steps.add(new Step.Fault.FullCluster(size.millis() / 8, 2, lasts));

    var summary = Simulation.summary(new Script(1, size, steps), Variant.RIGHT);

    assertThat(summary).doesNotContain("law");
    var refused = Pattern.compile("UNAVAILABLE=([0-9]+)").matcher(summary);
    assertThat(refused.find()).as(summary).isTrue();
    assertThat(Integer.parseInt(refused.group(1)))
        .as("those at itself, and of others until the verdict: " + summary)
        .isBetween(250, 500);
  }

  private static Script longAbsence(long seed, Mode mode) {
    var size = new Script.Size(3, mode, 3 * WRITES / 2, 1500, Faults.of(FAULTS));
    var steps = new ArrayList<>(Script.random(seed, size).steps());
    int begin = size.millis() / 6;
    int lasts = size.millis() / 2;
    for (int other = 0; other < 2; other++) {
      steps.add(new Step.Fault.Cut(begin, 2, other, lasts));
      steps.add(new Step.Fault.Cut(begin, other, 2, lasts));
    }
    return new Script(seed, size, steps);
  }

  private static Script.Size large(Mode mode) {
    return new Script.Size(3, mode, WRITES, FAULTS);
  }

  private static void tell(Script script, String law) {
    var shorter = Shrinking.shrink(script, Variant.RIGHT);
    fail(
        "-Dkagami.seed=%d: %s%nshortest: %s%n%s"
            .formatted(
                script.seed(), law, Simulation.run(shorter, Variant.RIGHT).orElse(""), shorter));
  }

  /** Seeds of runs that showed a fault of the mirror once. */
  @ParameterizedTest
  @ValueSource(longs = {16})
  void runThatShowedAFault_isRightNow(long seed) {
    var size = new Script.Size(3, Mode.STRICT, WRITES, 12, new Faults(FAULTS, FaultKind.FIRST));

    assertThat(Simulation.run(Script.random(seed, size), Variant.RIGHT)).isEmpty();
  }

  /** The client was told that the removed target had undone it. */
  @Test
  void targetIsRemovedWhileAWriteIsUndone_noLawIsBroken() {
    var size = new Script.Size(3, Mode.CONNECTED, WRITES, 12, Faults.parse("20,removal,crash,cut"));

    assertThat(Simulation.run(Script.random(3, size), Variant.RIGHT)).isEmpty();
  }

  @Test
  void nothingGoesWrong_everyWriteIsAnsweredByWhatIsThere() {
    var script = Script.random(1, new Script.Size(3, Mode.STRICT, 400, 0));

    assertThat(Simulation.summary(script, Variant.RIGHT))
        .contains("OK=")
        .doesNotContain("UNKNOWN", "UNAVAILABLE", "DEADLINE_EXCEEDED", "law");
  }

  @Test
  void sameScript_isTheSameRun() {
    var script = Script.random(3, large(Mode.CONNECTED));

    assertThat(Simulation.summary(script, Variant.RIGHT))
        .isEqualTo(Simulation.summary(script, Variant.RIGHT));
  }

  /**
   * One variant is left to the test that kills a process at each of its steps: it takes a crash
   * within the two milliseconds after a decision, and a mark that is lost.
   */
  @ParameterizedTest
  @EnumSource(
      names = {"RIGHT", "UNDO_BEFORE_THE_DECISION_IS_DURABLE"},
      mode = EnumSource.Mode.EXCLUDE)
  void mechanismIsBuiltWrong_someRunNotices(Variant wrong) {
    Optional<String> noticed = Optional.empty();
    for (int seed = 1; seed <= TRIES && noticed.isEmpty(); seed++) {
      var mode = seed % 2 == 0 ? Mode.CONNECTED : Mode.STRICT;
      noticed = Simulation.run(Script.random(seed, new Script.Size(3, mode, 400, 12)), wrong);
      System.out.println(wrong + ", seed " + seed + ": " + noticed.orElse("not noticed"));
    }

    assertThat(noticed).isPresent();
  }
}
