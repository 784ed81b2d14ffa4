package dev.kagami.mirror.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.Seed;
import dev.kagami.mirror.replication.CrashTrial.Death;
import dev.kagami.mirror.replication.CrashTrial.Trouble;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The origin dies after each of its effects in turn: between append and sync, between two requests,
 * before and after the decision, between two undos, before and after the answer. Another process
 * takes over.
 */
class CrashTest {
  private static final List<Link.InFlight> IN_FLIGHT = List.of(Link.InFlight.values());
  private static final int NONE = 0;
  private static final int ALL = Integer.MAX_VALUE;

  static Stream<Arguments> everyWriteInEveryTrouble() {
    return Stream.of(Write.values())
        .flatMap(write -> Stream.of(Trouble.values()).map(trouble -> Arguments.of(write, trouble)));
  }

  @ParameterizedTest
  @MethodSource("everyWriteInEveryTrouble")
  void originDiesAnywhere_allOrNothingAndNothingAcknowledgedIsLost(Write write, Trouble trouble) {
    deaths(write, trouble)
        .forEach(death -> {
          var trial = new CrashTrial(write, trouble, death, Variant.RIGHT);
          assertThat(trial.violation()).as(trial.toString()).isEmpty();
        });
  }

  @ParameterizedTest
  @MethodSource("everyWriteInEveryTrouble")
  void originDiesAgainWhileItRecovers_theSameHolds(Write write, Trouble trouble) {
    var seed = Seed.next();
    var random = new SplittableRandom(seed.value());
    for (int effects = 1; effects <= CrashTrial.effects(write, trouble); effects++) {
      var inFlight = IN_FLIGHT.get(random.nextInt(IN_FLIGHT.size()));
      var survivors = random.nextBoolean() ? NONE : ALL;
      var death = new Death(effects, inFlight, survivors, 1 + random.nextInt(12));
      var trial = new CrashTrial(write, trouble, death, Variant.RIGHT);
      assertThat(trial.violation()).as("%s, %s", trial, seed).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "RIGHT",
        "SILENCE_COUNTS_AS_CAUGHT_UP",
        "CONNECTED_BY_ITS_FIRST_ANSWER",
        "FORGETS_WHAT_IS_YOUNG",
        "FORGETS_WHAT_A_TARGET_LACKS"
      },
      mode = EnumSource.Mode.EXCLUDE)
  void mechanismIsBuiltWrong_someTrialNotices(Variant wrong) {
    var noticed =
        Stream.of(Trouble.values())
            .flatMap(trouble ->
                deaths(Write.UPDATE, trouble)
                    .map(death -> new CrashTrial(Write.UPDATE, trouble, death, wrong)))
            .flatMap(trial -> trial.violation().map(violation -> trial + ": " + violation).stream())
            .findFirst();

    assertThat(noticed).isPresent();
    System.out.println("noticed: " + noticed.get());
  }

  private static Stream<Death> deaths(Write write, Trouble trouble) {
    return IntStream.rangeClosed(1, CrashTrial.effects(write, trouble))
        .boxed()
        .flatMap(effects ->
            IN_FLIGHT.stream()
                .flatMap(inFlight ->
                    Stream.of(NONE, ALL)
                        .map(survivors -> new Death(effects, inFlight, survivors, NONE))));
  }
}
