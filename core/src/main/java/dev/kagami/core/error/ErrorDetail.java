package dev.kagami.core.error;

/** A machine-readable part of an error, sent to clients beside the message. */
public sealed interface ErrorDetail {

  /**
   * The field of a request that was refused, and why.
   *
   * @param field name as in Vald's messages, such as {@code vector} or {@code config.num}
   * @param description what is wrong with it and which limit it broke
   */
  record FieldViolation(String field, String description) implements ErrorDetail {}

  /**
   * What one target of a mirrored or replicated write did.
   *
   * @param target name of the site or agent
   * @param outcome what it answered, and whether the write stands there, is undone, or the undo is
   *     pending
   */
  record TargetOutcome(String target, String outcome) implements ErrorDetail {}
}
