package dev.kagami.gateway.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.error.ValdException.DeadlineExceeded;
import dev.kagami.core.error.ValdException.Internal;
import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.fanout.Outcome;
import dev.kagami.core.fanout.Outcomes;
import dev.kagami.core.store.Head;
import dev.kagami.core.store.Neighbor;
import dev.kagami.core.store.SearchOptions;
import dev.kagami.core.store.SearchResult;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.VectorId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Agents are written as letters: a digit answers that many hits, the rest fails as it says. */
class SearchVerdictTest {

  @ParameterizedTest(name = "agents {0}, {1} replicas, min_num {2}: {3}")
  @CsvSource({
    "'2 3', 1, 0, 5 of 2/2",
    "'0 0', 1, 0, 0 of 2/2",
    "'2 0', 1, 2, 2 of 2/2",
    "'2 silent', 2, 0, 2 of 1/2",
    "'0 silent', 2, 0, 0 of 1/2",
    "'2 silent', 1, 0, 2 of 1/2",
    "'2 down down', 2, 2, 2 of 1/3",
  })
  void enoughHits_areAnsweredWithWhoAnswered(
      String agents, int replicas, int minNum, String expected) {
    var result = SearchVerdict.judge(outcomes(agents), options(minNum), replicas);

    assertThat(result.neighbors().size() + " of " + result.answered() + "/" + result.asked())
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "agents {0}, {1} replicas, min_num {2}: {3}")
  @CsvSource({
    "'2 2', 1, 5, NOT_FOUND",
    "'2 silent', 1, 5, DEADLINE_EXCEEDED",
    "'2 silent', 2, 5, DEADLINE_EXCEEDED",
    "'2 down', 1, 5, NOT_FOUND",
    "'0 down', 1, 0, NOT_FOUND",
    "'0 silent', 1, 0, DEADLINE_EXCEEDED",
    "'down down', 1, 0, UNAVAILABLE",
    "'broken down', 2, 0, UNAVAILABLE",
    "'silent silent', 1, 0, DEADLINE_EXCEEDED",
    "'silent down', 2, 0, DEADLINE_EXCEEDED",
    "'2 invalid', 2, 0, INVALID_ARGUMENT",
    "'invalid invalid', 1, 0, INVALID_ARGUMENT",
  })
  void tooFewHits_failWithValdsCode(String agents, int replicas, int minNum, Code expected) {
    var failure =
        catchThrowableOfType(
            ValdException.class,
            () -> SearchVerdict.judge(outcomes(agents), options(minNum), replicas));

    assertThat(failure.code()).isEqualTo(expected);
  }

  @Test
  void nobodyAnswers_everyAgentIsNamedWithItsReason() {
    var failure =
        catchThrowableOfType(
            ValdException.class, () -> SearchVerdict.judge(outcomes("down broken"), options(0), 1));

    assertThat(failure)
        .hasMessageContaining("agent-1: UNAVAILABLE: connection refused")
        .hasMessageContaining("agent-2: INTERNAL: out of luck");
  }

  @Test
  void moreHitsThanWanted_areCut() {
    var result = SearchVerdict.judge(outcomes("9 9"), SearchOptions.nearest(4), 1);

    assertThat(result.neighbors()).hasSize(4).isSortedAccordingTo(Neighbor.NEAREST_FIRST);
  }

  private static SearchOptions options(int minNum) {
    return new SearchOptions(10, -1, 0, 0, minNum, Duration.ZERO);
  }

  private static Outcomes<String, SearchResult> outcomes(String agents) {
    var outcomes = new LinkedHashMap<String, Outcome<SearchResult>>();
    for (var agent : agents.split(" ", -1)) {
      var name = "agent-" + (outcomes.size() + 1);
      outcomes.put(name, outcome(name, agent));
    }
    return new Outcomes<>(outcomes);
  }

  private static Outcome<SearchResult> outcome(String name, String behaviour) {
    return switch (behaviour) {
      case "silent" -> Outcome.of(null, new DeadlineExceeded("no answer"));
      case "down" -> Outcome.of(null, new Unavailable("connection refused"));
      case "broken" -> Outcome.of(null, new Internal("out of luck", null));
      case "invalid" -> Outcome.of(null, new InvalidArgument("vector", "too short"));
      default -> Outcome.of(hits(name, Integer.parseInt(behaviour)), null);
    };
  }

  private static SearchResult hits(String agent, int count) {
    var hits =
        IntStream.range(0, count)
            .mapToObj(i -> new Neighbor(head(agent + "/" + i), i / 10f))
            .toList();
    return new SearchResult(List.copyOf(hits), 1, 1);
  }

  private static Head head(String id) {
    return new Head(new VectorId(id), new Timestamp(1), new Stamp(1024), Head.Kind.VECTOR, 1);
  }
}
