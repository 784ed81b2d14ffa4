package dev.kagami.core.store;

import dev.kagami.core.vector.Timestamp;

/**
 * A condition on a version's time: {@code time operator bound}.
 *
 * @param bound what it is compared with
 */
public record TimeCondition(Operator operator, Timestamp bound) {
  /** How times are compared. */
  public enum Operator {
    EQUAL,
    NOT_EQUAL,
    AT_OR_AFTER,
    AFTER,
    AT_OR_BEFORE,
    BEFORE,
    /** One of a newer protocol; no time meets it. */
    UNKNOWN
  }

  public boolean accepts(Timestamp time) {
    int order = time.compareTo(bound);
    return switch (operator) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case AT_OR_AFTER -> order >= 0;
      case AFTER -> order > 0;
      case AT_OR_BEFORE -> order <= 0;
      case BEFORE -> order < 0;
      case UNKNOWN -> false;
    };
  }
}
