package dev.kagami.agent.checkpoint;

import dev.kagami.core.store.VoidMark;

/**
 * One mark as a checkpoint keeps it.
 *
 * @param seq the log's number of the record that brought it; no other version or mark has it
 */
public record SavedMark(long seq, VoidMark mark) {}
