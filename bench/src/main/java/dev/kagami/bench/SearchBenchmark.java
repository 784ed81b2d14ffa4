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
import dev.kagami.core.store.SearchResult;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorSpace;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The ten nearest of the 10,000 sample words by cosine, by the graph and by comparing with all, on
 * one thread and without a network.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SearchBenchmark {
  @Param({"GRAPH", "LINEAR"})
  private SearchQuery.Method method;

  private LuceneVectorStore store;
  private List<Vector> queries;
  private int next;

  /** Stores and links all words. */
  @Setup
  @AtTheRim("a benchmark runs on the real clock")
  public void fill() {
    var words = SampleWords.read(Path.of(System.getProperty("words", "samples/words.vectors")));
    queries = List.copyOf(words.values());
    store =
        LuceneVectorStore.open(
            new AgentIdentity("bench", List.of(), new WriterNumber(1, WriterNumber.AGENT)),
            IndexSettings.of(new VectorSpace(queries.getFirst().dimension(), Metric.COSINE)),
            new VolatileLog(),
            IndexExecutors.DIRECT,
            InstantSource.system());
    words.forEach((id, vector) ->
        await(
            store.apply(
                new Mutation.Insert(id, vector, WriteTime.UNSTAMPED), CallContext.UNBOUNDED)));
  }

  /** One search. */
  @Benchmark
  public SearchResult search() {
    next = (next + 1) % queries.size();
    var subject = new SearchQuery.Subject.OfVector(queries.get(next));
    return await(
        store.search(
            new SearchQuery(subject, method, SearchOptions.nearest(10)), CallContext.UNBOUNDED));
  }

  private static <R> R await(CompletionStage<R> stage) {
    return stage.toCompletableFuture().join();
  }
}
