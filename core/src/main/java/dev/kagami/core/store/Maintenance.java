package dev.kagami.core.store;

/** What an operator may ask of an index. */
public enum Maintenance {
  /** Wait until everything written before is linked into the graph. */
  CREATE_INDEX,
  /** Make a checkpoint. Acknowledged writes are durable without it. */
  SAVE_INDEX
}
