package dev.kagami.gateway.placement;

import dev.kagami.core.store.SearchResult;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;

/** Counts searches by how they end. Thread-safe. */
final class CountedSearches {
  private final LongAdder complete = new LongAdder();
  private final LongAdder partial = new LongAdder();
  private final LongAdder failed = new LongAdder();

  CompletionStage<SearchResult> count(CompletionStage<SearchResult> search) {
    return search.whenComplete((result, failure) -> {
      if (failure != null) {
        failed.increment();
      } else {
        (result.partial() ? partial : complete).increment();
      }
    });
  }

  SearchCounts counts() {
    return new SearchCounts(complete.sum(), partial.sum(), failed.sum());
  }
}
