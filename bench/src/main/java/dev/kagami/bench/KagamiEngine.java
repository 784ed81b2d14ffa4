package dev.kagami.bench;

import dev.kagami.agent.index.AgentIdentity;
import dev.kagami.agent.index.IndexExecutors;
import dev.kagami.agent.index.IndexSettings;
import dev.kagami.agent.index.LuceneVectorStore;
import dev.kagami.agent.log.VolatileLog;
import dev.kagami.core.AtTheRim;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.SearchOptions;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The agent's store as its services ask it, linked through. */
final class KagamiEngine implements Engine {
  /** How much the beam grows with epsilon. */
  private static final float BEAM_PER_EPSILON = 900;

  private final String name;
  private final LuceneVectorStore store;

  @AtTheRim("a benchmark runs on the real clock")
  KagamiEngine(DataSet data, int connections, int beam) {
    var base = data.base();
    name = "Kagami M" + connections + "/B" + beam;
    var space = new VectorSpace(base.getFirst().length, data.metric());
    store =
        LuceneVectorStore.open(
            new AgentIdentity("bench", List.of(), new WriterNumber(1, WriterNumber.AGENT)),
            new IndexSettings(
                space, connections, beam, IndexSettings.PENDING, IndexSettings.SearchDefaults.VALD),
            new VolatileLog(),
            IndexExecutors.DIRECT,
            InstantSource.system());
    for (int i = 0; i < base.size(); i++) {
      var id = new VectorId(String.valueOf(i));
      var insert = new Mutation.Insert(id, Vector.adopt(base.get(i)), WriteTime.UNSTAMPED);
      store.apply(insert, CallContext.UNBOUNDED).toCompletableFuture().join();
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int[] nearest(float[] query, int num, int effort) {
    float epsilon = (effort - num) / BEAM_PER_EPSILON;
    var search =
        new SearchQuery(
            new SearchQuery.Subject.OfVector(Vector.adopt(query)),
            SearchQuery.Method.GRAPH,
            new SearchOptions(num, -1, epsilon, 0, 0, Duration.ZERO));
    var result = store.search(search, CallContext.UNBOUNDED).toCompletableFuture().join();
    return result.neighbors().stream()
        .mapToInt(hit -> Integer.parseInt(hit.id().value()))
        .toArray();
  }

  @Override
  public void close() {
    store.close();
  }
}
