package dev.kagami.agent.index;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The slots that wait to be linked: [{@link #linked}, {@link #end}), in order of arrival, scanned
 * by every search. The writer, under the store's write lock, moves the end; the linker the start.
 *
 * <p>Law: a slot is counted as linked when the graph has it. So whoever reads the start before a
 * walk through the graph and the end after it misses no slot, though it may meet one twice.
 */
final class Pending {
  private final AtomicInteger linked = new AtomicInteger();
  private final AtomicInteger end = new AtomicInteger();

  /** Begins with {@code slots} slots, of which the first {@code linked} are linked. */
  void restore(int linked, int slots) {
    this.linked.set(linked);
    end.set(slots);
  }

  /** The slot that the next vector gets. */
  int next() {
    return end.get();
  }

  /** Lets searches find the vector in slot {@link #next}. */
  void publish() {
    end.incrementAndGet();
  }

  /** Counts one more slot as linked. */
  void advance() {
    linked.incrementAndGet();
  }

  int linked() {
    return linked.get();
  }

  int end() {
    return end.get();
  }

  int size() {
    return end() - linked();
  }
}
