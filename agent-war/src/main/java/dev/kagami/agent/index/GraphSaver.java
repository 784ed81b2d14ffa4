package dev.kagami.agent.index;

import dev.kagami.agent.checkpoint.CheckpointState;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Saves the graph beside a checkpoint, if enough was linked since it was saved last. A graph that
 * cannot be saved is none that is lost: the next start links it again. For the saver's thread, but
 * for {@link #isDue}.
 */
final class GraphSaver {
  private static final Logger LOGGER = System.getLogger(GraphSaver.class.getName());
  private static final int FEW = 1_000;
  private static final int SHARE = 50;

  private final Saving saving;
  private final Supplier<Engine> now;

  /** The engine of whose graph the rest tells; a flush makes another. */
  private volatile Engine engine;

  private Optional<String> name;

  /** How many slots had been linked when the graph was saved. */
  private volatile int linkedThen;

  /**
   * @param first what was filled from {@code recovered}
   * @param now what is in use
   */
  GraphSaver(Saving saving, Engine first, CheckpointState recovered, Supplier<Engine> now) {
    this.saving = saving;
    this.engine = first;
    this.now = now;
    this.name = recovered.graph();
    this.linkedThen = first.contents().pending().linked();
  }

  /** Whether enough was linked since the graph was saved last; any thread may ask. */
  boolean isDue() {
    int linked = now.get().contents().pending().linked();
    int few = Math.max(FEW, linked / SHARE);
    int then = engine.equals(now.get()) ? linkedThen : 0;
    return linked - then >= Math.min(few, saving.triggers().links());
  }

  /**
   * Saves the graph under the checkpoint's number, or leaves it.
   *
   * @return the name of the graph that goes with the checkpoint, if there is one
   */
  Optional<String> save(long seq) {
    if (!engine.equals(now.get())) {
      engine = now.get();
      name = Optional.empty();
      linkedThen = 0;
    }
    var contents = engine.contents();
    var graph = engine.graph();
    int linked = contents.pending().linked();
    if (isDue()) {
      var next = "graph-" + seq;
      try (var file = saving.checkpoints().graphs().write(next)) {
        var waiting = new SlotSet();
        contents.pending().forEach(waiting::add);
        GraphWriter.write(
            graph.rows(),
            graph.twins(),
            contents.origins(),
            contents.slots().ever(),
            waiting,
            file);
        file.finish();
        linkedThen = linked;
        name = Optional.of(next);
      } catch (IOException error) {
        LOGGER.log(Level.ERROR, "THE GRAPH WAS NOT SAVED, the next start links it again", error);
      }
    }
    return name;
  }

  /** Deletes what the last checkpoint does not name. */
  void forgetOthers() {
    try {
      saving.checkpoints().graphs().keep(name);
    } catch (IOException error) {
      LOGGER.log(Level.WARNING, "Old graphs were not deleted", error);
    }
  }
}
