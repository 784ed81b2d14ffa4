package dev.kagami.gateway.aggregation;

import static java.util.stream.Collectors.joining;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.error.ValdException.DeadlineExceeded;
import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.fanout.Outcomes;
import dev.kagami.core.store.Neighbor;
import dev.kagami.core.store.SearchOptions;
import dev.kagami.core.store.SearchResult;
import java.util.List;

/**
 * What the agents' outcomes of one search mean, in Vald's codes.
 *
 * <table>
 *   <caption>first line that applies</caption>
 *   <tr><td>an agent says INVALID_ARGUMENT</td><td>that</td></tr>
 *   <tr><td>nobody answered, somebody ran out of time</td><td>DEADLINE_EXCEEDED</td></tr>
 *   <tr><td>nobody answered</td><td>UNAVAILABLE, naming all and why: Vald's INTERNAL would tell
 *       clients not to try again</td></tr>
 *   <tr><td>enough hits: {@code min_num}, and at least one if partial</td><td>OK</td></tr>
 *   <tr><td>somebody ran out of time</td><td>DEADLINE_EXCEEDED</td></tr>
 *   <tr><td>else</td><td>NOT_FOUND, naming who is missing</td></tr>
 * </table>
 */
public final class SearchVerdict {
  private SearchVerdict() {}

  /**
   * Merges the answers, or throws.
   *
   * @param outcomes of all agents that could hold hits
   * @param replicas how many agents hold each vector
   */
  public static <T> SearchResult judge(
      Outcomes<T, SearchResult> outcomes, SearchOptions options, int replicas) {
    var missing = missing(outcomes);
    for (var one : missing) {
      if (one.error().code() == Code.INVALID_ARGUMENT) {
        throw one.error();
      }
    }
    int asked = outcomes.targets().size();
    int answered = asked - missing.size();
    if (answered == 0) {
      throw nobody(missing);
    }
    var hits = merge(outcomes, options);
    boolean partial = missing.size() >= replicas;
    int needed = Math.max(options.minNum(), partial ? 1 : 0);
    if (hits.size() < needed) {
      throw tooFew(hits.size(), needed, missing);
    }
    return new SearchResult(hits, answered, asked, partial);
  }

  private record Missing(String agent, ValdException error) {
    boolean ranOutOfTime() {
      return error.code() == Code.DEADLINE_EXCEEDED;
    }

    @Override
    public String toString() {
      return agent + ": " + error.code() + ": " + error.getMessage();
    }
  }

  private static <T> List<Missing> missing(Outcomes<T, SearchResult> outcomes) {
    return outcomes.failures().entrySet().stream()
        .map(entry -> new Missing(entry.getKey().toString(), entry.getValue()))
        .toList();
  }

  private static <T> List<Neighbor> merge(
      Outcomes<T, SearchResult> outcomes, SearchOptions options) {
    var lists = outcomes.answers().stream().map(SearchResult::neighbors).toList();
    return TopKAggregator.merge(lists, options.num());
  }

  private static ValdException nobody(List<Missing> missing) {
    return missing.stream().anyMatch(Missing::ranOutOfTime)
        ? new DeadlineExceeded("no agent answered the search in time: " + text(missing))
        : new Unavailable("no agent answered the search: " + text(missing));
  }

  private static ValdException tooFew(int found, int needed, List<Missing> missing) {
    var message =
        "the search found "
            + found
            + " of at least "
            + needed
            + (missing.isEmpty() ? "" : "; without " + text(missing));
    return missing.stream().anyMatch(Missing::ranOutOfTime)
        ? new DeadlineExceeded(message)
        : new NotFound(message);
  }

  private static String text(List<Missing> missing) {
    return missing.stream().map(Missing::toString).collect(joining("; "));
  }
}
