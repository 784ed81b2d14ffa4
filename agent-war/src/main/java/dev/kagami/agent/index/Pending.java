package dev.kagami.agent.index;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * The slots that wait to be linked, in order of arrival: arrivals [{@link #linked}, {@link #end})
 * are scanned by every search. The writer, under the store's write lock, moves the end; the linker
 * the start.
 *
 * <p>Law: an arrival is counted as linked when the graph has its slot. So whoever reads the start
 * before a walk through the graph and the end after it misses no slot, though it may meet one
 * twice.
 */
final class Pending {
  private static final int CHUNK_BITS = 13;
  private static final int CHUNK = 1 << CHUNK_BITS;
  private static final int[] FORGOTTEN = {};

  private final AtomicInteger linked = new AtomicInteger();
  private final AtomicInteger end = new AtomicInteger();

  /** The slots by arrival; replaced by the writer, and by {@link #forget}. */
  private volatile int[][] slots = {};

  /** Begins with {@code slots} slots in order of arrival, of which the first are linked. */
  void restore(int linked, int slots) {
    this.linked.set(linked);
    end.set(linked);
    for (int slot = linked; slot < slots; slot++) {
      publish(slot);
    }
  }

  /** Lets searches find the vector in {@code slot}. */
  void publish(int slot) {
    int arrival = end.get();
    growTo(arrival >>> CHUNK_BITS)[arrival & (CHUNK - 1)] = slot;
    end.incrementAndGet();
  }

  private synchronized int[] growTo(int index) {
    int[][] now = slots;
    if (index >= now.length) {
      int old = now.length;
      now = Arrays.copyOf(now, index + 1);
      Arrays.fill(now, old, index, FORGOTTEN); // linked before a restart
      now[index] = new int[CHUNK];
      slots = now;
    }
    return now[index];
  }

  /** Which slot came as number {@code arrival}, of those pending. */
  int slot(int arrival) {
    return slots[arrival >>> CHUNK_BITS][arrival & (CHUNK - 1)];
  }

  /** The slots that wait now. */
  void forEach(IntConsumer look) {
    for (int arrival = linked(); arrival < end(); arrival++) {
      look.accept(slot(arrival));
    }
  }

  /** Forgets what came before {@code arrival}, which nobody scans any more. */
  synchronized void forget(int arrival) {
    int[][] now = slots.clone();
    Arrays.fill(now, 0, Math.min(now.length, arrival >>> CHUNK_BITS), FORGOTTEN);
    slots = now;
  }

  /** Counts one more arrival as linked. */
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
