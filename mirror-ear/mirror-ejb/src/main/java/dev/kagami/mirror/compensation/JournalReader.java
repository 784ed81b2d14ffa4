package dev.kagami.mirror.compensation;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads one generation of journal files without the library that wrote them: its own reader passes
 * over damaged places without a word, and believes a body whose bytes have changed.
 *
 * <p>The records' numbers have no gap. One that is missing is the torn end of a crash if no sound
 * record says that it was durable: it and all after it were acknowledged to nobody and are dropped.
 * Otherwise it is damage. Not thread-safe; one use each.
 */
final class JournalReader {
  private final Path generation;
  private final List<Path> files;
  private final NavigableMap<Long, JournalFrame> frames = new TreeMap<>();
  private long durable;

  /**
   * @param files of the generation, in the order in which they were written
   */
  JournalReader(Path generation, List<Path> files) {
    this.generation = generation;
    this.files = List.copyOf(files);
  }

  /**
   * What the generation holds; nothing, if a crash came before its beginning was durable.
   *
   * @throws JournalDamagedException if something is missing that was durable
   */
  Optional<CompensationJournal.Contents> read() throws IOException {
    for (var file : files) {
      read(file);
    }
    var items = sound();
    return isBegun(items) ? Optional.of(replay(items)) : Optional.empty();
  }

  private void read(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ);
        var arena = Arena.ofConfined()) {
      var bytes = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena).asByteBuffer();
      read(bytes);
    }
  }

  private void read(ByteBuffer bytes) {
    var found = JournalFrame.next(bytes, 0);
    while (found.isPresent()) {
      var frame = found.get().frame();
      frames.put(frame.seq(), frame);
      durable = Math.max(durable, frame.durable());
      found = JournalFrame.next(bytes, found.get().end());
    }
  }

  /** The items up to the first gap. */
  private List<JournalItem> sound() {
    var items = new ArrayList<JournalItem>();
    for (var frame : frames.values()) {
      if (frame.seq() != items.size() + 1) {
        break;
      }
      items.add(frame.item());
    }
    if (items.size() < durable) {
      throw new JournalDamagedException(
          generation,
          "record " + (items.size() + 1) + " is missing or changed, yet it was durable");
    }
    return items;
  }

  /** Whether the beginning and all that was open before are there. */
  private static boolean isBegun(List<JournalItem> items) {
    return !items.isEmpty()
        && items.getFirst() instanceof JournalItem.Begun(_, int entries)
        && items.size() > entries;
  }

  private static CompensationJournal.Contents replay(List<JournalItem> items) {
    var state = new JournalState();
    items.forEach(state::add);
    return state.contents();
  }
}
