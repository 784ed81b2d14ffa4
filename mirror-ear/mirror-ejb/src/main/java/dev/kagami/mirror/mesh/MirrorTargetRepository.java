package dev.kagami.mirror.mesh;

import dev.kagami.core.store.WriterNumber;
import dev.kagami.transport.client.Address;
import java.util.List;

/**
 * What has to outlive the process. All methods block, each is one transaction, and all may be
 * called from several threads; never call them on an event loop. They throw whatever the database
 * throws.
 */
public interface MirrorTargetRepository {

  /** The rows of all sources, by address and source. */
  List<MirrorTarget> targets();

  /** Stores the row of this address and source, new or changed. */
  void save(MirrorTarget target);

  /** Deletes the row of this address and source; none there is fine. */
  void delete(MirrorTarget target);

  /** What was last seen of each target. */
  List<TargetStatus> statuses();

  void saveStatus(TargetStatus status);

  /** Forgets what was seen of a target; nothing there is fine. */
  void deleteStatus(Address address);

  /**
   * The number with which the mirror process {@code name} stamps its writes: the same at each call,
   * and never that of another name, also if both ask at the same instant.
   *
   * @return {@value WriterNumber#FIRST_MIRROR} to {@value WriterNumber#LAST_MIRROR}
   * @throws IllegalStateException if all numbers are taken
   */
  int writerNumber(String name);
}
