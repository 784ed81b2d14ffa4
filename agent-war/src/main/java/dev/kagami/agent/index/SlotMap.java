package dev.kagami.agent.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Something for a few of the slots: a hash table, open addressing, nothing is ever taken out. One
 * thread writes, any number read without a lock. What stands for a slot is replaced, never changed.
 */
final class SlotMap<V> {
  private static final VarHandle VALUE = MethodHandles.arrayElementVarHandle(Object[].class);
  private static final int FIRST_SIZE = 64;
  private static final int SPREAD = 0x9E37_79B9; // Knuth's multiplicative hashing

  /** The writer's own. */
  private int count;

  private volatile boolean empty = true;
  private volatile Table table = new Table(FIRST_SIZE);

  /** A place is free while it has no value; its slot is written before. */
  private static final class Table {
    final int[] slots;
    final Object[] values;
    final int shift;

    Table(int size) {
      slots = new int[size];
      values = new Object[size];
      shift = Integer.numberOfLeadingZeros(size) + 1;
    }

    int place(int slot) {
      int place = (slot * SPREAD) >>> shift;
      while (VALUE.getAcquire(values, place) != null && slots[place] != slot) {
        place = (place + 1) & (values.length - 1);
      }
      return place;
    }

    boolean put(int slot, Object value) {
      int place = place(slot);
      boolean isNew = values[place] == null;
      slots[place] = slot;
      VALUE.setRelease(values, place, value);
      return isNew;
    }
  }

  boolean isEmpty() {
    return empty;
  }

  /** What {@code slot} has. */
  @SuppressWarnings("unchecked") // only put writes
  Optional<V> get(int slot) {
    var now = table;
    return Optional.ofNullable((V) VALUE.getAcquire(now.values, now.place(slot)));
  }

  /** Gives {@code slot} a value, which nobody may change any more. */
  void put(int slot, V value) {
    if (table.put(slot, value) && ++count > table.values.length / 2) {
      grow();
    }
    empty = false;
  }

  /** The slots that have a value; for the thread that writes. */
  void forEachSlot(IntConsumer look) {
    var now = table;
    for (int place = 0; place < now.values.length; place++) {
      if (now.values[place] != null) {
        look.accept(now.slots[place]);
      }
    }
  }

  private void grow() {
    var old = table;
    var next = new Table(2 * old.values.length);
    for (int place = 0; place < old.values.length; place++) {
      if (old.values[place] != null) {
        next.put(old.slots[place], old.values[place]);
      }
    }
    table = next;
  }
}
