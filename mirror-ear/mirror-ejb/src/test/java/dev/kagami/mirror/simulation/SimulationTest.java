package dev.kagami.mirror.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.kagami.mirror.replication.Mode;
import dev.kagami.mirror.replication.Variant;
import dev.kagami.mirror.simulation.Step.Write.ClientTime;
import dev.kagami.mirror.simulation.Step.Write.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Three real mirrors under every fault, in virtual time. The seeds are the same each time, so that
 * a failure is always due to what was changed: {@code ./kagami simulate} tries others. {@code
 * -Dkagami.simulation.runs} says how many runs of each mode, {@code -Dkagami.seed} with which seed
 * they begin.
 */
class SimulationTest {
  private static final int WRITES = 2000;
  private static final int FAULTS = 20;
  private static final int RUNS = Integer.getInteger("kagami.simulation.runs", 12);
  private static final long FIRST_SEED = Long.getLong("kagami.seed", 1);
  private static final int TRIES = 30;

  /** Longer than a message takes, or an answer. */
  private static final Duration RETENTION = Duration.ofSeconds(25);

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
    assertRight(seed -> Script.random(seed, large(mode)), RUNS);
  }

  /** One of three, for half of the run; in strict mode nothing would be written meanwhile. */
  @ParameterizedTest
  @EnumSource(names = "STRICT", mode = EnumSource.Mode.EXCLUDE)
  void siteIsAwayForLong_itIsBroughtAllThatItMissed(Mode mode) {
    var script = longAbsence(FIRST_SEED, mode);

    var result = Simulation.run(script, Variant.RIGHT);

    assertThat(result.law()).as(() -> "seed " + script.seed()).isEmpty();
    assertThat(result.mostMissed()).as("hundreds of ids").isBetween(200, 999);
  }

  /**
   * Removals and undos are forgotten after seconds, while sites are away for less and for more than
   * that.
   */
  @ParameterizedTest
  @EnumSource
  void removalsAndUndosAreForgotten_noLawIsBroken(Mode mode) {
    assertRight(seed -> forgetful(seed, mode), RUNS / 4);
  }

  private static void assertRight(LongFunction<Script> scripts, int runs) {
    var seeds = LongStream.range(FIRST_SEED, FIRST_SEED + runs);

    var broken = new Runs(scripts, Variant.RIGHT).untilBroken(seeds, (_, _) -> {});

    broken.ifPresent(SimulationTest::tell);
  }

  @Test
  void siteForgetsWhatATargetLacks_someRunNotices() {
    assertNoticed(Variant.FORGETS_WHAT_A_TARGET_LACKS, seed -> forgetful(seed, Mode.CONNECTED));
  }

  /** It takes a message that comes a second time, and late. */
  @Test
  void siteForgetsWhatIsYoung_someRunNotices() {
    var faults = Faults.parse("100,duplicates,duplicates,cut,crash");
    var size = new Script.Size(3, Mode.CONNECTED, WRITES, 60, faults).forgettingAfter(RETENTION);

    assertNoticed(Variant.FORGETS_WHAT_IS_YOUNG, seed -> Script.random(seed, size));
  }

  /** Once they brought it to one another for ever. */
  @Test
  void idChangesWhenSomeSitesHaveForgottenAnUndo_allForgetIt() {
    var script =
        new Script(
            4913372234890937638L,
            forgetfulSize(Mode.STRICT),
            List.of(
                new Step.Fault.Crash(1265, 0, 19, 3, 4215),
                new Step.Fault.Crash(1265, 1, 16, 2, 4215),
                new Step.Write(3163, 2, Kind.INSERT, 119, 21, ClientTime.NOW),
                new Step.Fault.Crash(31192, 1, 14, 2, 153),
                new Step.Write(35470, 1, Kind.UPSERT, 119, 36, ClientTime.NONE)));

    assertThat(Simulation.run(script, Variant.RIGHT).law()).isEmpty();
  }

  /**
   * It had forgotten its removal while it was out of the mesh, and was brought the vector again.
   */
  @Test
  void siteIsRemovedAndDoesNotHearThatItIsAddedAgain_itRemembersWhatItRemoves() {
    var script =
        new Script(
            1,
            forgetfulSize(Mode.CONNECTED),
            List.of(
                new Step.Write(12255, 0, Kind.UPSERT, 99, 22, ClientTime.NONE),
                new Step.Fault.Removal(12868, 1, 2, 195),
                new Step.Fault.Cut(13333, 0, 2, 40_000),
                new Step.Fault.Cut(13333, 1, 2, 40_000),
                new Step.Write(17814, 2, Kind.REMOVE, 99, 19, ClientTime.NONE)));

    assertThat(Simulation.run(script, Variant.RIGHT).law()).isEmpty();
  }

  /** It was asked what it holds when it still had targets, and told to forget when it had none. */
  @Test
  void siteIsRemovedWhileItLooksWhatMayBeForgotten_itForgetsNothing() {
    var script = forgetful(30, Mode.CONNECTED);

    assertThat(Simulation.run(script, Variant.RIGHT).law()).isEmpty();
  }

  /** A crash had it judged by what the cluster remembered, when that had forgotten its removal. */
  @Test
  void endOfARemovalIsNotWrittenBecauseTheJournalIsFull_itIsWrittenLater() {
    var script = Script.random(9500120, forgetfulSize(Mode.CONNECTED));

    assertThat(Simulation.run(script, Variant.RIGHT).law()).isEmpty();
  }

  private static Script forgetful(long seed, Mode mode) {
    var size = forgetfulSize(mode);
    var script = Script.random(seed, size);
    return mode == Mode.STRICT ? script : away(script, size.millis() / 6, size.millis() / 2);
  }

  private static Script.Size forgetfulSize(Mode mode) {
    return new Script.Size(3, mode, WRITES, 300, Faults.of(FAULTS)).forgettingAfter(RETENTION);
  }

  /** Its mirror answers all the while. */
  @Test
  void siteTakesNoWritesForLong_theOthersSoonGoOnWithoutIt() {
    var size = new Script.Size(3, Mode.CONNECTED, WRITES, 0);
    var steps = new ArrayList<>(Script.random(1, size).steps());
    int lasts = size.millis() * 3 / 4;
    steps.add(new Step.Fault.FullCluster(size.millis() / 8, 2, lasts));

    var result = Simulation.run(new Script(1, size, steps), Variant.RIGHT);

    assertThat(result.law()).isEmpty();
    assertThat(result.endings().get("UNAVAILABLE"))
        .as("nearly all at itself, and of others until the verdict: " + result.endings())
        .isBetween(400L, 600L);
  }

  private static Script longAbsence(long seed, Mode mode) {
    var size = new Script.Size(3, mode, 3 * WRITES / 2, 1500, Faults.of(FAULTS));
    return away(Script.random(seed, size), size.millis() / 6, size.millis() / 2);
  }

  /** The last site hears nobody, nor is heard. */
  private static Script away(Script script, int begin, int lasts) {
    var steps = new ArrayList<>(script.steps());
    for (int other = 0; other < 2; other++) {
      steps.add(new Step.Fault.Cut(begin, 2, other, lasts));
      steps.add(new Step.Fault.Cut(begin, other, 2, lasts));
    }
    return script.with(steps);
  }

  private static Script.Size large(Mode mode) {
    return new Script.Size(3, mode, WRITES, FAULTS);
  }

  private static Script small(long seed) {
    var mode = seed % 2 == 0 ? Mode.CONNECTED : Mode.STRICT;
    return Script.random(seed, new Script.Size(3, mode, 400, 12));
  }

  private static void tell(Script script) {
    var shorter = Shrinking.shrink(script, Variant.RIGHT);
    fail(
        "-Dkagami.seed=%d: %s%nshortest: %s%n%s"
            .formatted(
                script.seed(),
                Simulation.run(script, Variant.RIGHT),
                Simulation.run(shorter, Variant.RIGHT),
                shorter));
  }

  /** Seeds of runs that showed a fault of the mirror once. */
  @ParameterizedTest
  @ValueSource(longs = {16})
  void runThatShowedAFault_isRightNow(long seed) {
    var size = new Script.Size(3, Mode.STRICT, WRITES, 12, new Faults(FAULTS, FaultKind.FIRST));

    assertThat(Simulation.run(Script.random(seed, size), Variant.RIGHT).law()).isEmpty();
  }

  /** It was sent what it had missed without having been admitted again. */
  @Test
  void targetIsRemovedAndAddedDuringARound_noLawIsBroken() {
    var script = Script.random(-1918561537287709888L, large(Mode.CONNECTED));

    assertThat(Simulation.run(script, Variant.RIGHT).law()).isEmpty();
  }

  /** A site that did not answer had taken it. */
  @Test
  void majorityRefusesAWrite_itIsUndoneAtTheOthers() {
    var script = Script.random(3000087, large(Mode.QUORUM));

    assertThat(Simulation.run(script, Variant.RIGHT).law()).isEmpty();
  }

  /** A site that was still to be brought its first attempt's undo was said to have undone it. */
  @Test
  void writeIsRolledBackWhileASiteCatchesUp_theClientIsToldWhereItIsUndone() {
    var script = Script.random(6000600, large(Mode.STRICT));

    assertThat(Simulation.run(script, Variant.RIGHT).law()).isEmpty();
  }

  /** Its loop had been stopped by a removal, and said that the target had everything. */
  @Test
  void targetIsRemovedAndAddedWhileItCatchesUp_isBroughtAll() {
    var faults = "40,removal,removal,removal,crash,cut,one-way-cut,loss,delay,duplicates";
    var size = new Script.Size(3, Mode.QUORUM, WRITES, 12, Faults.parse(faults));

    assertThat(Simulation.run(Script.random(338, size), Variant.RIGHT).law()).isEmpty();
  }

  /** The client was told that the removed target had undone it. */
  @Test
  void targetIsRemovedWhileAWriteIsUndone_noLawIsBroken() {
    var size = new Script.Size(3, Mode.CONNECTED, WRITES, 12, Faults.parse("20,removal,crash,cut"));

    assertThat(Simulation.run(Script.random(3, size), Variant.RIGHT).law()).isEmpty();
  }

  @Test
  void nothingGoesWrong_everyWriteIsAnsweredByWhatIsThere() {
    var script = Script.random(1, new Script.Size(3, Mode.STRICT, 400, 0));

    var result = Simulation.run(script, Variant.RIGHT);

    assertThat(result.law()).isEmpty();
    assertThat(result.endings())
        .containsKey("OK")
        .doesNotContainKeys("UNKNOWN", "UNAVAILABLE", "DEADLINE_EXCEEDED");
  }

  /**
   * One variant is left to the test that kills a process at each of its steps: it takes a crash
   * within the two milliseconds after a decision, and a mark that is lost.
   */
  @ParameterizedTest
  @EnumSource(
      names = {
        "RIGHT",
        "UNDO_BEFORE_THE_DECISION_IS_DURABLE",
        "FORGETS_WHAT_IS_YOUNG",
        "FORGETS_WHAT_A_TARGET_LACKS"
      },
      mode = EnumSource.Mode.EXCLUDE)
  void mechanismIsBuiltWrong_someRunNotices(Variant wrong) {
    assertNoticed(wrong, SimulationTest::small);
  }

  private static void assertNoticed(Variant wrong, LongFunction<Script> scripts) {
    var noticed =
        new Runs(scripts, wrong)
            .untilBroken(
                LongStream.rangeClosed(1, TRIES),
                (result, seed) -> System.out.println(wrong + ", seed " + seed + ": " + result));

    assertThat(noticed).isPresent();
  }
}
