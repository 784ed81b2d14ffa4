package dev.kagami.core.store;

import dev.kagami.core.error.ValdException;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * What an operator may know of the indexes behind a store. As for {@link VectorStore}: no method
 * blocks, stages fail with {@link ValdException} only, any thread may call. Who does not answer is
 * left out; {@link ValdException.Unavailable} if nobody does.
 */
public interface Inspection {

  /** Counts of the whole store; replicas count each. */
  CompletionStage<IndexInfo> indexInfo(CallContext context);

  /** Counts by agent. */
  CompletionStage<IndexDetail> indexDetail(CallContext context);

  /** The shape of each agent's graph, by agent; may be a minute old. */
  CompletionStage<Map<String, GraphStatistics>> statistics(CallContext context);

  /** How each agent's index was made, by agent. */
  CompletionStage<Map<String, IndexProperty>> properties(CallContext context);
}
