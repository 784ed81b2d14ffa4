package dev.kagami.gateway.placement;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.SearchResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CountedSearchesTest {
  private final CountedSearches searches = new CountedSearches();

  @Test
  void searchesEnd_eachIsCountedByHow() {
    searches.count(completedStage(new SearchResult(List.of(), 3, 3)));
    searches.count(completedStage(new SearchResult(List.of(), 2, 3)));
    searches.count(completedStage(new SearchResult(List.of(), 1, 3, true)));
    searches.count(failedStage(new Unavailable("no agent")));

    assertThat(searches.counts()).isEqualTo(new SearchCounts(2, 1, 1));
  }

  @Test
  void searchRuns_notCountedYet() {
    searches.count(new CompletableFuture<>());

    assertThat(searches.counts()).isEqualTo(new SearchCounts(0, 0, 0));
  }
}
