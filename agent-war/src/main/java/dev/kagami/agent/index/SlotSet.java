package dev.kagami.agent.index;

import java.util.function.IntConsumer;
import org.apache.lucene.util.FixedBitSet;

/** A set of slots, without an upper bound. Not thread-safe. */
final class SlotSet {
  private FixedBitSet bits;

  SlotSet() {
    this(new FixedBitSet(Long.SIZE));
  }

  private SlotSet(FixedBitSet bits) {
    this.bits = bits;
  }

  SlotSet copy() {
    return new SlotSet(bits.clone());
  }

  boolean contains(int slot) {
    return slot < bits.length() && bits.get(slot);
  }

  /** Returns whether it is new here. */
  boolean add(int slot) {
    bits = FixedBitSet.ensureCapacity(bits, slot + 1);
    return !bits.getAndSet(slot);
  }

  void remove(int slot) {
    if (slot < bits.length()) {
      bits.clear(slot);
    }
  }

  void removeAll(SlotSet others) {
    bits.andNot(others.bits);
  }

  /** How many there are; counts them. */
  int count() {
    return bits.cardinality();
  }

  /** More than any slot here. */
  int bound() {
    return bits.length();
  }

  /** The least, -1 if there is none. */
  int first() {
    int slot = bits.nextSetBit(0);
    return slot < bits.length() ? slot : -1;
  }

  /** In ascending order; the one that {@code each} is told of may be removed meanwhile. */
  void forEach(IntConsumer each) {
    int bound = bits.length();
    for (int slot = bits.nextSetBit(0); slot < bound; slot = next(slot, bound)) {
      each.accept(slot);
    }
  }

  private int next(int slot, int bound) {
    return slot + 1 < bound ? bits.nextSetBit(slot + 1) : bound;
  }
}
