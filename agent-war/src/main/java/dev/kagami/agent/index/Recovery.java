package dev.kagami.agent.index;

import dev.kagami.agent.checkpoint.CheckpointState;
import dev.kagami.agent.checkpoint.Checkpoints;
import dev.kagami.agent.checkpoint.SavedMark;
import dev.kagami.agent.checkpoint.SavedVersion;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;

/**
 * Fills contents and graph from the last checkpoint. Slots are numbered anew, so that none is lost
 * to vectors that went: first those that the saved graph links, then the others, each in order of
 * arrival.
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

  /** Takes its time; afterwards the log can be replayed from the position that it returns. */
  static CheckpointState run(Checkpoints checkpoints, Contents contents, LiveGraph graph) {
    var state = checkpoints.open();
    if (checkpoints.isKept()) {
      var origins = checkpoints.origins();
      var linked = linked(checkpoints, state, graph, origins);
      contents.restore(state, linked.length, origins.length);
      checkpoints.read(new Recovery(contents, linked, without(linked, origins)));
      contents.restored();
      graph.begin();
      var _ = contents.takeUnsaved();
    }
    return state;
  }

  /** Those that need no linking: none, if the graph cannot be had. */
  private static long[] linked(
      Checkpoints checkpoints, CheckpointState state, LiveGraph graph, long[] origins) {
    if (state.graph().isEmpty()) {
      return new long[0];
    }
    try (var file = checkpoints.graphs().read(state.graph().get())) {
      var saved = new SavedGraph(file, origins, graph.rows().width());
      graph.restore(saved);
      return saved.kept();
    } catch (IOException damage) {
      LOGGER.log(
          Level.ERROR,
          "THE GRAPH IS LINKED ANEW, and searches compare all vectors until that is done",
          damage);
      return new long[0];
    }
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
