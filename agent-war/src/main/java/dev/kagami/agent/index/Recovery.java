package dev.kagami.agent.index;

import dev.kagami.agent.checkpoint.CheckpointState;
import dev.kagami.agent.checkpoint.Checkpoints;
import dev.kagami.agent.checkpoint.SavedMark;
import dev.kagami.agent.checkpoint.SavedVersion;
import java.util.Arrays;

/**
 * Fills the contents from the last checkpoint. Slots are numbered anew, so that none is lost to
 * vectors that went; vectors keep their order of arrival.
 */
final class Recovery implements Checkpoints.Reader {
  private final Contents contents;
  private final long[] origins;

  private Recovery(Contents contents, long[] origins) {
    this.contents = contents;
    this.origins = origins;
  }

  /** Takes its time; afterwards the log can be replayed from the position that it returns. */
  static CheckpointState run(Checkpoints checkpoints, Contents contents) {
    var state = checkpoints.open();
    if (checkpoints.isKept()) {
      var recovery = new Recovery(contents, checkpoints.origins());
      contents.restore(state, 0, recovery.origins.length);
      checkpoints.read(recovery);
      contents.restored();
      var _ = contents.takeUnsaved();
    }
    return state;
  }

  @Override
  public void version(SavedVersion saved) {
    contents.restore(
        saved,
        saved.version().isTombstone()
            ? StoredVersion.NO_SLOT
            : Arrays.binarySearch(origins, saved.origin()));
  }

  @Override
  public void mark(SavedMark saved) {
    contents.restore(saved);
  }
}
