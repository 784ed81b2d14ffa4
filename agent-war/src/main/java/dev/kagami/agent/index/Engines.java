package dev.kagami.agent.index;

import java.time.InstantSource;

/** Makes the {@link Engine}s of one store. */
final class Engines {
  private final IndexSettings settings;
  private final IndexExecutors executors;
  private final InstantSource wall;
  private final Kernels kernels = Kernels.best();

  Engines(IndexSettings settings, IndexExecutors executors, InstantSource wall) {
    this.settings = settings;
    this.executors = executors;
    this.wall = wall;
  }

  /** Empty contents. */
  Contents nothing() {
    var space = settings.space();
    return new Contents(new VectorChunks(space.dimension(), space.metric(), kernels.lanes()));
  }

  /** An engine over {@code contents}, with nothing linked yet. */
  Engine over(Contents contents) {
    var metric = settings.space().metric();
    var chunks = contents.chunks();
    var distances = new Distances(metric, chunks, kernels);
    var twins = new Twins(new Likeness(chunks, metric.needsDirection()), contents::isNeeded);
    var graph = new LiveGraph(distances, twins, settings.connections(), settings.beam());
    var linker =
        new Linker(
            contents.pending(),
            graph,
            new Purge(contents, graph),
            contents::isNeeded,
            executors.linker(),
            settings.pending(),
            new Turnstile(wall));
    var searcher = new Searcher(settings, contents, graph, distances, wall);
    return new Engine(contents, graph, distances, linker, searcher);
  }
}
