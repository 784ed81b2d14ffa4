package dev.kagami.agent.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.util.Bits;

/**
 * Which slots searches may answer with, and which version each slot stands for. One writer, under
 * the store's write lock; any number of readers, without one.
 *
 * <p>Law: a slot shows its version before its bit is set, and keeps it when the bit is cleared. So
 * a search that saw the bit can still tell whose vector it found.
 */
final class Visible implements Bits {
  private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle OWNERS =
      MethodHandles.arrayElementVarHandle(StoredVersion[].class);
  private static final int SLOT_BITS = 13;
  private static final int SLOTS = 1 << SLOT_BITS;

  private volatile Chunk[] chunks = {};
  private final AtomicInteger count = new AtomicInteger();

  private static final class Chunk {
    final long[] words = new long[SLOTS / Long.SIZE];
    final StoredVersion[] owners = new StoredVersion[SLOTS];
  }

  /** Lets {@code slot} stand for {@code version}, without showing it. */
  void place(int slot, StoredVersion version) {
    OWNERS.setRelease(growTo(slot >>> SLOT_BITS).owners, slot & (SLOTS - 1), version);
  }

  /** Shows {@code version} in {@code slot}. */
  void show(int slot, StoredVersion version) {
    place(slot, version);
    if (!get(slot)) {
      flip(slot);
      count.incrementAndGet();
    }
  }

  /** Hides {@code slot}. */
  void hide(int slot) {
    if (get(slot)) {
      flip(slot);
      count.decrementAndGet();
    }
  }

  private void flip(int slot) {
    long[] words = chunks[slot >>> SLOT_BITS].words;
    int word = (slot & (SLOTS - 1)) >>> 6;
    WORDS.setRelease(words, word, words[word] ^ (1L << slot));
  }

  /** Makes room for {@code slots} slots, none of them shown. */
  void reserve(int slots) {
    if (slots > 0) {
      var _ = growTo((slots - 1) >>> SLOT_BITS);
    }
  }

  private Chunk growTo(int index) {
    Chunk[] now = chunks;
    if (index >= now.length) {
      now = Arrays.copyOf(now, index + 1);
      for (int i = chunks.length; i <= index; i++) {
        now[i] = new Chunk();
      }
      chunks = now;
    }
    return now[index];
  }

  @Override
  public boolean get(int slot) {
    long[] words = chunks[slot >>> SLOT_BITS].words;
    return ((long) WORDS.getAcquire(words, (slot & (SLOTS - 1)) >>> 6) & (1L << slot)) != 0;
  }

  @Override
  public int length() {
    return chunks.length << SLOT_BITS;
  }

  /** Whether {@code slot} shows a version, or did since it was last free. */
  boolean isTaken(int slot) {
    return OWNERS.getAcquire(chunks[slot >>> SLOT_BITS].owners, slot & (SLOTS - 1)) != null;
  }

  /** Forgets what {@code slot}, which is hidden, showed last. */
  void free(int slot) {
    OWNERS.setRelease(chunks[slot >>> SLOT_BITS].owners, slot & (SLOTS - 1), null);
  }

  /** The version that {@code slot} shows, or showed last. */
  StoredVersion version(int slot) {
    return (StoredVersion) OWNERS.getAcquire(chunks[slot >>> SLOT_BITS].owners, slot & (SLOTS - 1));
  }

  /** How many slots are shown. */
  int count() {
    return count.get();
  }
}
