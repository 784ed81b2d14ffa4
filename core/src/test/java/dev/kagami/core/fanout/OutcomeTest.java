package dev.kagami.core.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Code;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutcomeTest {
  private final ValdException lost = new ValdException.Unavailable("lost");

  @Test
  void targetAnswered_theAnswerIsKept() {
    assertThat(Outcome.of("answer", null)).isEqualTo(new Outcome.Answered<>("answer"));
    assertThat(Outcome.of(null, null)).isEqualTo(new Outcome.Answered<>(null));
  }

  @ParameterizedTest
  @EnumSource(
      value = Code.class,
      names = {"DEADLINE_EXCEEDED", "UNAVAILABLE", "CANCELLED"})
  void silenceOrLostConnection_isUnknown(Code code) {
    var error = ValdException.of(code, "silent", List.of(), null);

    assertThat(Outcome.of(null, error)).isEqualTo(new Outcome.Unknown<>(error));
    assertThat(Outcome.of(null, new CompletionException(error)))
        .isEqualTo(new Outcome.Unknown<>(error));
  }

  @ParameterizedTest
  @EnumSource(
      value = Code.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"DEADLINE_EXCEEDED", "UNAVAILABLE", "CANCELLED"})
  void anyOtherCode_isRejection(Code code) {
    var error = ValdException.of(code, "no", List.of(), null);

    assertThat(Outcome.of(null, error)).isEqualTo(new Outcome.Rejected<>(error));
    assertThat(Outcome.of(null, new CompletionException(error)))
        .isEqualTo(new Outcome.Rejected<>(error));
  }

  @Test
  void anythingElse_isAnInternalErrorThatKeepsItsCause() {
    var fault = new IllegalStateException("broken");

    var outcome = Outcome.of(null, new CompletionException(fault));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> {
              assertThat(rejected.error().code()).isEqualTo(Code.INTERNAL);
              assertThat(rejected.error()).hasCause(fault).hasMessageContaining("broken");
            });
  }

  @Test
  void outcomes_keepTheOrderOfTheTargetsAndGiveTheAnswers() {
    var outcomes =
        outcomes("c", new Outcome.Answered<>(1), "a", lost(), "b", new Outcome.Answered<>(2));

    assertThat(outcomes.targets()).containsExactly("c", "a", "b");
    assertThat(outcomes.answers()).containsExactly(1, 2);
  }

  @Test
  void laterOutcomes_replaceTheEarlierOnesInTheirPlaces() {
    var first = outcomes("c", lost(), "a", lost(), "b", new Outcome.Answered<>(2));
    var later = new Outcomes<>(Map.of("a", new Outcome.Answered<>(5)));

    var both = first.followedBy(later);

    assertThat(both)
        .isEqualTo(
            outcomes("c", lost(), "a", new Outcome.Answered<>(5), "b", new Outcome.Answered<>(2)));
    assertThat(both.targets()).containsExactly("c", "a", "b");
  }

  private Outcome<Integer> lost() {
    return new Outcome.Unknown<>(lost);
  }

  private static Outcomes<String, Integer> outcomes(
      String one,
      Outcome<Integer> first,
      String two,
      Outcome<Integer> second,
      String three,
      Outcome<Integer> third) {
    var byTarget = new LinkedHashMap<String, Outcome<Integer>>();
    byTarget.put(one, first);
    byTarget.put(two, second);
    byTarget.put(three, third);
    return new Outcomes<>(byTarget);
  }
}
