package dev.kagami.agent.checkpoint;

import java.util.Collection;

/**
 * What makes one checkpoint out of the one before.
 *
 * @param versions those that came and are kept still; gone through once, when they are written
 * @param marks those that came
 * @param gone the numbers of versions of the checkpoint before that are not kept any more
 */
public record Difference(
    Iterable<SavedVersion> versions, Collection<SavedMark> marks, Collection<Long> gone) {}
