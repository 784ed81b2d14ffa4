package dev.kagami.core.store;

/**
 * The last change of one id.
 *
 * @param seq its number in the change log
 * @param heads what is kept of the id since
 */
public record Change(long seq, KeptHeads heads) {}
