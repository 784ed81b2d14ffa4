package dev.kagami.agent.index;

import dev.kagami.core.error.ValdException.DeadlineExceeded;
import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Neighbor;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.SearchResult;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopKnnCollector;

/**
 * Finds the nearest visible vectors: walks the graph, scans what is not linked yet, compares the
 * best of both exactly. Thread-safe, and never waits for anybody.
 *
 * <p>A search that runs across an undo may miss the undone id; the next one does not.
 */
final class Searcher {
  private static final int LONG_BEAM = 1000;
  private static final int LONG_SCAN = 20_000;
  private static final int BLOCK = 64;

  /** How far a score in floats may be from the true one, roughly, and relative above 1. */
  private static final float RANK_ERROR = 1e-5f;

  private static final int BLOCKS_BETWEEN_LOOKS = 64;

  private final IndexSettings settings;
  private final Contents contents;
  private final LiveGraph graph;
  private final Distances distances;
  private final InstantSource clock;

  Searcher(
      IndexSettings settings,
      Contents contents,
      LiveGraph graph,
      Distances distances,
      InstantSource clock) {
    this.settings = settings;
    this.contents = contents;
    this.graph = graph;
    this.distances = distances;
    this.clock = clock;
  }

  /** Whether {@code query} takes too long for a thread that serves others as well. */
  boolean isLong(SearchQuery query) {
    return query.method() == SearchQuery.Method.LINEAR
        || Effort.of(query.options(), settings.search()).beam() > LONG_BEAM
        || contents.pending().size() > LONG_SCAN;
  }

  SearchResult search(SearchQuery query, CallContext context) {
    return contents.readers().inside(() -> found(query, context));
  }

  private SearchResult found(SearchQuery query, CallContext context) {
    var vector = settings.space().accept(subject(query.subject()));
    var effort = Effort.of(query.options(), settings.search());
    var deadline = deadline(query.options().timeout(), context);
    checkTime(deadline);
    var scorer = distances.scorer(vector);
    int linked = contents.pending().linked(); // before the graph is looked at
    var hits =
        switch (query.method()) {
          case GRAPH -> near(scorer, effort, linked, deadline);
          case LINEAR -> {
            var best = new TopKnnCollector(effort.candidates(), Integer.MAX_VALUE);
            int end = contents.pending().end();
            int slots = Math.min(contents.slots().ever(), contents.visible().length());
            scan(scorer, best, slots, slot -> slot, deadline);
            scanPending(scorer, best, end, deadline); // for a new slot may lie behind the scan
            yield best.topDocs().scoreDocs;
          }
        };
    return new SearchResult(
        nearest(vector, effort, hits).values().stream()
            .filter(hit -> effort.reaches(hit.distance()))
            .sorted(Neighbor.NEAREST_FIRST)
            .limit(effort.num())
            .toList(),
        1,
        1);
  }

  /** By rough scores and then anew, or by exact ones if those cannot tell. */
  private ScoreDoc[] near(Scorer scorer, Effort effort, int linked, Instant deadline) {
    return distances
        .rough(scorer)
        .map(rough -> nearBy(rough, effort, linked, deadline))
        .flatMap(
            hits -> Rescoring.of(hits, scorer, effort.num(), effort.candidates(), effort.beam()))
        .orElseGet(() -> nearBy(scorer, effort, linked, deadline));
  }

  /** The best of the graph's hits and of what is not linked yet. */
  private ScoreDoc[] nearBy(Nearness scorer, Effort effort, int linked, Instant deadline) {
    var found = graph.search(scorer, effort.beam(), contents.visible());
    if (contents.pending().end() == linked) {
      return found;
    }
    var best = new TopKnnCollector(effort.beam(), Integer.MAX_VALUE);
    for (var hit : found) {
      best.collect(hit.doc, hit.score);
    }
    scanPending(scorer, best, linked, deadline);
    return best.topDocs().scoreDocs;
  }

  private Vector subject(SearchQuery.Subject subject) {
    return switch (subject) {
      case SearchQuery.Subject.OfVector(var vector) -> vector;
      case SearchQuery.Subject.OfId(var id) ->
          contents.vector(id).orElseThrow(() -> new NotFound("uuid " + id + " not found"));
    };
  }

  private Instant deadline(Duration timeout, CallContext context) {
    return timeout.isZero()
        ? context.deadline()
        : context.within(timeout, clock.instant()).deadline();
  }

  private void checkTime(Instant deadline) {
    if (!clock.instant().isBefore(deadline)) {
      throw new DeadlineExceeded("the search's time ran out");
    }
  }

  /**
   * Offers what came since {@code arrival}. It ends at an end that it reads last: an id whose old
   * slot was hidden before it came by has its new one before that end.
   */
  private void scanPending(Nearness scorer, KnnCollector best, int arrival, Instant deadline) {
    var pending = contents.pending();
    int from = arrival;
    for (int end = pending.end(); from < end; end = pending.end()) {
      int first = from;
      scan(scorer, best, end - first, i -> pending.slot(first + i), deadline);
      from = end;
    }
  }

  /** Offers those of {@code count} slots that are visible. */
  private void scan(
      Nearness scorer, KnnCollector best, int count, IntUnaryOperator slots, Instant deadline) {
    var visible = contents.visible();
    var block = new int[BLOCK];
    var scores = new float[BLOCK];
    int next = 0;
    for (int blocks = 1; next < count; blocks++) {
      int end = Math.min(next + BLOCK, count);
      int shown = 0;
      for (; next < end; next++) {
        int slot = slots.applyAsInt(next);
        if (visible.get(slot)) {
          block[shown++] = slot;
        }
      }
      collect(scorer, best, block, scores, shown);
      if (blocks % BLOCKS_BETWEEN_LOOKS == 0) {
        checkTime(deadline);
      }
    }
  }

  private static void collect(
      Nearness scorer, KnnCollector best, int[] slots, float[] scores, int count) {
    if (scorer.bulkScore(slots, scores, count) > best.minCompetitiveSimilarity()) {
      for (int i = 0; i < count; i++) {
        best.collect(slots[i], scores[i]);
      }
    }
  }

  /**
   * The best hits with their true distances, each id once, in its newest version. More than wanted
   * are compared only as long as a float cannot tell them from the last that is wanted.
   */
  private Map<VectorId, Neighbor> nearest(Vector query, Effort effort, ScoreDoc[] hits) {
    float[] floats = query.toArray();
    var nearest = HashMap.<VectorId, Neighbor>newHashMap(effort.num());
    float doubtful = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < Math.min(hits.length, effort.candidates()); i++) {
      var hit = hits[i];
      if (hit.score < doubtful) {
        break;
      }
      var head = contents.visible().version(hit.doc).head();
      var neighbor = new Neighbor(head, distances.distance(floats, hit.doc));
      nearest.merge(
          head.id(), neighbor, (one, other) -> other.head().isNewerThan(one.head()) ? other : one);
      if (nearest.size() == effort.num()) {
        doubtful = Math.max(doubtful, hit.score - RANK_ERROR * Math.max(1, Math.abs(hit.score)));
      }
    }
    return nearest;
  }
}
