package dev.kagami.agent.index;

import dev.kagami.agent.checkpoint.CheckpointState;
import dev.kagami.agent.checkpoint.Checkpoints;
import dev.kagami.agent.checkpoint.SavedMark;
import dev.kagami.agent.checkpoint.SavedVersion;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Fills contents and graph from the last checkpoint. Slots are numbered anew, so that none is lost
 * to vectors that went: first those that the saved graph links, then the others, each in order of
 * arrival. The graph is read beside the vectors, on another core if there is one.
 */
final class Recovery implements Checkpoints.Reader {
  private static final Logger LOGGER = System.getLogger(Recovery.class.getName());

  private final Contents contents;
  private final long[] linked;
  private final long[] others;

  private Recovery(Contents contents, long[] linked, long[] others) {
    this.contents = contents;
    this.linked = linked;
    this.others = others;
  }

  /**
   * Takes its time; afterwards the log can be replayed from the position that it returns.
   *
   * @param helpers may help the caller's thread
   */
  static CheckpointState run(
      Checkpoints checkpoints, Contents contents, LiveGraph graph, Executor helpers) {
    var state = checkpoints.open();
    if (checkpoints.isKept()) {
      var origins = checkpoints.origins();
      var saved = saved(checkpoints, state, graph.rows().width(), origins);
      var kept = saved.map(SavedGraph::kept).orElseGet(() -> new long[0]);
      contents.restore(state, origins.length);
      var linked =
          CompletableFuture.supplyAsync(
              () -> saved.filter(from -> isRestored(graph, from)).isPresent() ? kept.length : 0,
              helpers);
      checkpoints.read(new Recovery(contents, kept, without(kept, origins)), helpers);
      var begun = linked.thenRunAsync(graph::begin, helpers);
      contents.restored(linked.join());
      begun.join();
      var _ = contents.takeUnsaved();
    }
    return state;
  }

  private static Optional<SavedGraph> saved(
      Checkpoints checkpoints, CheckpointState state, int width, long[] origins) {
    if (state.graph().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          SavedGraph.open(checkpoints.graphs().read(state.graph().get()), origins, width));
    } catch (IOException damage) {
      tell(damage);
      return Optional.empty();
    }
  }

  private static boolean isRestored(LiveGraph graph, SavedGraph saved) {
    try (saved) {
      graph.restore(saved);
      return true;
    } catch (IOException damage) {
      tell(damage);
      return false;
    }
  }

  private static void tell(IOException damage) {
    LOGGER.log(
        Level.ERROR,
        "THE GRAPH IS LINKED ANEW, and searches compare all vectors until that is done",
        damage);
  }

  /** What of {@code all} is not in {@code some}; all ascending. */
  private static long[] without(long[] some, long[] all) {
    return Arrays.stream(all).filter(origin -> Arrays.binarySearch(some, origin) < 0).toArray();
  }

  @Override
  public void version(SavedVersion saved) {
    contents.restore(
        saved, saved.version().isTombstone() ? StoredVersion.NO_SLOT : slot(saved.origin()));
  }

  private int slot(long origin) {
    int slot = Arrays.binarySearch(linked, origin);
    return slot >= 0 ? slot : linked.length + Arrays.binarySearch(others, origin);
  }

  @Override
  public void mark(SavedMark saved) {
    contents.restore(saved);
  }
}
