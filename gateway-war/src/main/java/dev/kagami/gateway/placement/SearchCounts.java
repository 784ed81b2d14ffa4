package dev.kagami.gateway.placement;

/**
 * The searches since the start.
 *
 * @param complete answered, and nothing near can be missing
 * @param partial answered by too few agents to say so
 * @param failed not answered
 */
public record SearchCounts(long complete, long partial, long failed) {}
