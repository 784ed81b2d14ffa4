package dev.kagami.core.store;

import dev.kagami.core.vector.VectorId;

/**
 * The undo of one write: the version of {@code id} with this stamp does not count, here or
 * anywhere, whether it came already or comes later. What lay beneath it shows again, bit for bit.
 */
public record VoidMark(VectorId id, Stamp stamp) {}
