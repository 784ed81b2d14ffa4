package dev.kagami.agent.checkpoint;

import dev.kagami.core.store.Version;

/**
 * One version as a checkpoint keeps it.
 *
 * @param seq the log's number of the record that brought it; no other version or mark has it
 * @param origin the log's number of the record that brought its vector: versions with one origin
 *     share one vector; 0 for a tombstone
 * @param settled it was decided for good when it came; others are so by the settled stamps
 */
public record SavedVersion(long seq, long origin, boolean settled, Version version) {}
