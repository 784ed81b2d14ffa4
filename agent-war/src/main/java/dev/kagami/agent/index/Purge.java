package dev.kagami.agent.index;

import java.util.Optional;

/**
 * Gives slots back that no version needs any more, once they are a quarter of all: 1. Takes them
 * out of the graph. 2. Waits, without holding anybody up, until all have left who may have learned
 * of them before. 3. Lets other vectors have them. So there are about four thirds as many slots as
 * were ever needed at once, and no vector moves. For the linker's thread only.
 */
final class Purge {
  /** Fewer are not worth a pass over the graph. */
  private static final int LEAST = 1_000;

  private static final int SHARE = 4;

  private final Contents contents;
  private final LiveGraph graph;

  /** Slots that were linked or passed over, and not taken out since. */
  private final SlotSet held = new SlotSet();

  private int count;

  /** Fewer hidden slots are not looked at; more than {@link #LEAST} when a look was in vain. */
  private int worthALook = LEAST;

  private Optional<Leaving> leaving = Optional.empty();

  /**
   * Slots that nothing leads to any more.
   *
   * @param epoch of the last readers who may know of them
   * @param arrivals how many slots had been linked then
   */
  private record Leaving(SlotSet slots, int epoch, int arrivals) {}

  Purge(Contents contents, LiveGraph graph) {
    this.contents = contents;
    this.graph = graph;
  }

  /** Learns of {@code slots} slots that were linked before a restart. */
  void begin(int slots) {
    for (int slot = 0; slot < slots; slot++) {
      hold(slot);
    }
  }

  /** Learns of a slot that is not pending any more. */
  void hold(int slot) {
    held.add(slot);
    count++;
  }

  /** Does what is due. */
  void run() {
    release();
    if (isDue()) {
      int hidden = hidden();
      var gone = gone();
      int found = gone.count();
      if (2 * found >= hidden) {
        takeOut(gone, found);
      } else {
        worthALook = hidden + hidden / 2; // most hide beneath versions that may still be undone
      }
    }
  }

  /** Whether a run would look at all slots, and may change the graph. */
  boolean isDue() {
    return leaving.isEmpty() && hidden() >= Math.max(worthALook, count / SHARE);
  }

  private int hidden() {
    return count - contents.visible().count();
  }

  private SlotSet gone() {
    var gone = held.copy();
    gone.forEach(slot -> {
      if (contents.isNeeded(slot) || graph.twins().standsFor(slot, contents::isNeeded)) {
        gone.remove(slot);
      }
    });
    return gone;
  }

  private void takeOut(SlotSet gone, int found) {
    graph.drop(gone);
    held.removeAll(gone);
    count -= found;
    worthALook = LEAST;
    leaving =
        Optional.of(new Leaving(gone, contents.readers().epoch(), contents.pending().linked()));
    release();
  }

  private void release() {
    if (leaving.isPresent() && contents.readers().haveLeft(leaving.get().epoch())) {
      leaving.get().slots().forEach(this::free);
      contents.pending().forget(leaving.get().arrivals());
      leaving = Optional.empty();
    }
  }

  private void free(int slot) {
    graph.rows().remove(slot);
    contents.visible().free(slot);
    contents.slots().free(slot);
  }
}
