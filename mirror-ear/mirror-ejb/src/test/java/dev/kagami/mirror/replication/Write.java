package dev.kagami.mirror.replication;

import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;

/** The four writes, and what has to be there for each to succeed. */
enum Write {
  INSERT("REMOVE"),
  UPDATE("UPDATE to the old vector"),
  UPSERT_OF_NEW_ID("REMOVE"),
  UPSERT_OF_OLD_ID("UPDATE to the old vector"),
  REMOVE("UPSERT of the old vector");

  static final VectorId ID = new VectorId("an-id");
  static final Vector OLD = Vector.of(1, 2, 3, 4);
  static final Vector NEW = Vector.of(5, 6, 7, 8);

  private final String undo;

  Write(String undo) {
    this.undo = undo;
  }

  boolean needsOld() {
    return switch (this) {
      case INSERT, UPSERT_OF_NEW_ID -> false;
      case UPDATE, UPSERT_OF_OLD_ID, REMOVE -> true;
    };
  }

  /** Of the new vector. */
  Mutation mutation() {
    return mutation(WriteTime.UNSTAMPED);
  }

  Mutation mutation(WriteTime time) {
    return switch (this) {
      case INSERT -> new Mutation.Insert(ID, NEW, time);
      case UPDATE -> new Mutation.Update(ID, NEW, time);
      case UPSERT_OF_NEW_ID, UPSERT_OF_OLD_ID -> new Mutation.Upsert(ID, NEW, time);
      case REMOVE -> new Mutation.Remove(ID, time);
    };
  }

  static Mutation insertOld() {
    return new Mutation.Insert(ID, OLD, WriteTime.UNSTAMPED);
  }

  /** The undo, in the words of Vald's mirror gateway. */
  String undo() {
    return undo;
  }
}
