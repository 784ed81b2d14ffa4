package dev.kagami.core.store;

import dev.kagami.core.vector.VectorSpace;

/**
 * How an index was made.
 *
 * @param connections neighbours of a vector in the graph, M of arXiv:1603.09320, section 4
 * @param beam vectors looked at for a new one's neighbours, efConstruction of the same
 */
public record IndexProperty(VectorSpace space, int connections, int beam) {}
