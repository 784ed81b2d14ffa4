package dev.kagami.bench;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * JVector with all vectors and the graph in the heap: unit vectors for cosine, the overflow and
 * alpha that its own examples take, levels and edges as many as in the other graphs. Searches run
 * on the caller's thread.
 */
final class JVectorEngine implements Engine {
  private static final VectorTypeSupport TYPES =
      VectorizationProvider.getInstance().getVectorTypeSupport();
  private static final float OVERFLOW = 1.2f;
  private static final float ALPHA = 1.2f;

  private final String name;
  private final DataSet data;
  private final RandomAccessVectorValues vectors;
  private final ImmutableGraphIndex graph;

  /** A searcher serves one thread. */
  private final ThreadLocal<GraphSearcher> searchers;

  JVectorEngine(DataSet data, int connections, int beam) {
    this.name = "JVector M" + connections + "/B" + beam;
    this.data = data;
    int dimension = data.base().getFirst().length;
    List<VectorFloat<?>> all = new ArrayList<>();
    data.base().forEach(vector -> all.add(vector(vector)));
    this.vectors = new ListRandomAccessVectorValues(all, dimension);
    var scores = BuildScoreProvider.randomAccessScoreProvider(vectors, similarity());
    try (var builder =
        GraphIndexBuilder.builder(scores, dimension, List.of(2 * connections, connections))
            .withBeamWidth(beam)
            .withNeighborOverflow(OVERFLOW)
            .withAlpha(ALPHA)
            .build()) {
      for (int i = 0; i < all.size(); i++) {
        long _ = builder.addGraphNode(i, all.get(i));
      }
      builder.cleanup();
      this.graph = builder.getGraph();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    this.searchers = ThreadLocal.withInitial(() -> new GraphSearcher(graph));
  }

  private VectorSimilarityFunction similarity() {
    return data.metric().needsDirection()
        ? VectorSimilarityFunction.DOT_PRODUCT
        : VectorSimilarityFunction.EUCLIDEAN;
  }

  private VectorFloat<?> vector(float[] components) {
    return TYPES.createFloatVector(data.prepared(components));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int[] nearest(float[] query, int num, int effort) {
    var scores = DefaultSearchScoreProvider.exact(vector(query), similarity(), vectors);
    var found = searchers.get().search(scores, num, effort, 0, 0, Bits.ALL);
    return Arrays.stream(found.getNodes()).mapToInt(hit -> hit.node).toArray();
  }

  @Override
  public void close() {
    searchers.remove();
  }
}
