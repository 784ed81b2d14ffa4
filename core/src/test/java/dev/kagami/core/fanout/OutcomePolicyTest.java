package dev.kagami.core.fanout;

import static dev.kagami.core.fanout.PolicyTable.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.kagami.core.error.ErrorDetail.FieldViolation;
import dev.kagami.core.error.ValdException.AlreadyExists;
import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.core.fanout.OutcomePolicy.Attempt;
import dev.kagami.core.fanout.PolicyTable.Row;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.Location;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.VectorId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomePolicyTest {

  static List<Row> rows() {
    return PolicyTable.rows();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void rowOfTheTable_isDecidedAsItSays(Row row) {
    assertThat(told(decide(row))).isEqualTo(row.decision());
  }

  static Stream<Arguments> brokenPolicies() {
    return Stream.of(
        broken("takes silence for success", OutcomePolicyTest::isSilent, Broken.SUCCESS),
        broken("takes an error for success", OutcomePolicyTest::isError, Broken.SUCCESS),
        broken("takes already exists for success", o -> is(o, AlreadyExists.class), Broken.SUCCESS),
        broken("takes not found for success", o -> is(o, NotFound.class), Broken.SUCCESS),
        broken("takes newer for success", OutcomePolicyTest::isNewer, Broken.SUCCESS),
        broken("takes silence for already exists", OutcomePolicyTest::isSilent, Broken.EXISTS),
        broken("takes newer for already exists", OutcomePolicyTest::isNewer, Broken.EXISTS),
        argumentSet(
            "requires everybody",
            policy(row ->
                OutcomePolicy.decide(row.mutation(), row.attempt(), row.outcomes(), _ -> true))),
        argumentSet(
            "requires the own cluster only",
            policy(row ->
                OutcomePolicy.decide(
                    row.mutation(), row.attempt(), row.outcomes(), "own"::equals))),
        argumentSet(
            "runs again for ever",
            policy(row ->
                OutcomePolicy.decide(
                    row.mutation(), Attempt.FIRST, row.outcomes(), row.required()::contains))),
        argumentSet(
            "never runs again",
            policy(row ->
                OutcomePolicy.decide(
                    row.mutation(), Attempt.LAST, row.outcomes(), row.required()::contains))),
        argumentSet(
            "runs a client's time again",
            policy(row -> {
              var ours =
                  row.mutation().at(WriteTime.UNSTAMPED.stamped(row.mutation().time().stamp()));
              return OutcomePolicy.decide(
                  ours, row.attempt(), row.outcomes(), row.required()::contains);
            })),
        argumentSet(
            "does not level the own cluster",
            policy(row ->
                switch (decide(row)) {
                  case Decision.LevelForward<String>(var targets) when targets.contains("own") ->
                      new Decision.Done<>();
                  case Decision<String> other -> other;
                })));
  }

  @ParameterizedTest
  @MethodSource("brokenPolicies")
  void policyIsBroken_someRowNotices(Function<Row, Decision<String>> policy) {
    assertThat(rows())
        .anySatisfy(row -> assertThat(told(policy.apply(row))).isNotEqualTo(row.decision()));
  }

  @Test
  void errorIsPassedOn_withTheNameOfItsTargetAndItsDetails() {
    var insert = rows().getFirst().mutation();
    var refusal = new InvalidArgument("vector", "too short");
    var outcomes = new Outcomes<String, Applied>(Map.of("site B", new Outcome.Rejected<>(refusal)));

    var decision = OutcomePolicy.decide(insert, Attempt.FIRST, outcomes, _ -> true);

    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.RollBack.class,
            rollBack -> {
              assertThat(rollBack.answer()).hasMessage("site B: too short").hasCause(refusal);
              assertThat(rollBack.answer().details())
                  .isEqualTo(List.of(new FieldViolation("vector", "too short")));
            });
  }

  @Test
  void refusals_nameTheId() {
    for (var row : rows()) {
      if (decide(row) instanceof Decision.Refused<String>(var answer)) {
        assertThat(answer).as(row.name()).hasMessageContaining("uuid an-id");
      }
    }
  }

  @Test
  void nobodyIsRequired_isAMistakeOfTheCaller() {
    var row = rows().getFirst();

    assertThatThrownBy(
            () -> OutcomePolicy.decide(row.mutation(), row.attempt(), row.outcomes(), _ -> false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("own cluster");
  }

  private static Decision<String> decide(Row row) {
    return OutcomePolicy.decide(
        row.mutation(), row.attempt(), row.outcomes(), row.required()::contains);
  }

  /** What a broken policy mistakes an answer for. */
  private static final class Broken {
    static final Outcome<Applied> SUCCESS =
        new Outcome.Answered<>(
            new Applied(
                Applied.Standing.TOP,
                Optional.empty(),
                new Location("?", new VectorId("an-id"), List.of())));
    static final Outcome<Applied> EXISTS =
        new Outcome.Rejected<>(new AlreadyExists("there already"));
  }

  private static Arguments broken(
      String name, Predicate<Outcome<Applied>> mistaken, Outcome<Applied> taken) {
    UnaryOperator<Outcomes<String, Applied>> mistake =
        outcomes -> {
          var changed = new LinkedHashMap<>(outcomes.byTarget());
          changed.replaceAll((_, outcome) -> mistaken.test(outcome) ? taken : outcome);
          return new Outcomes<>(changed);
        };
    return argumentSet(
        name,
        policy(row ->
            OutcomePolicy.decide(
                row.mutation(),
                row.attempt(),
                mistake.apply(row.outcomes()),
                row.required()::contains)));
  }

  private static Function<Row, Decision<String>> policy(Function<Row, Decision<String>> policy) {
    return policy;
  }

  private static boolean isSilent(Outcome<Applied> outcome) {
    return outcome instanceof Outcome.Unknown<Applied>;
  }

  private static boolean isError(Outcome<Applied> outcome) {
    return outcome instanceof Outcome.Rejected<Applied>(var error)
        && !Set.of(AlreadyExists.class, NotFound.class).contains(error.getClass());
  }

  private static boolean is(Outcome<Applied> outcome, Class<?> type) {
    return outcome instanceof Outcome.Rejected<Applied>(var error) && type.isInstance(error);
  }

  private static boolean isNewer(Outcome<Applied> outcome) {
    return outcome instanceof Outcome.Answered<Applied>(var applied) && !applied.isNewest();
  }
}
