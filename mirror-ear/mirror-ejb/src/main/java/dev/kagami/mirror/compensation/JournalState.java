package dev.kagami.mirror.compensation;

import dev.kagami.core.store.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What a journal's records add up to. Not thread-safe. */
final class JournalState {
  private final NavigableMap<Stamp, JournalEntry> open = new TreeMap<>();
  private Stamp bound = Stamp.NONE;

  static JournalState of(CompensationJournal.Contents contents) {
    var state = new JournalState();
    state.add(new JournalItem.Bound(contents.bound()));
    contents.entries().forEach(entry -> state.add(new JournalItem.Entry(entry)));
    return state;
  }

  void add(JournalItem item) {
    switch (item) {
      case JournalItem.Begun(var stamp, _) -> raise(stamp);
      case JournalItem.Bound(var stamp) -> raise(stamp);
      case JournalItem.Entry(var entry) -> {
        raise(entry.stamp());
        if (entry.isEnded()) {
          open.remove(entry.stamp());
        } else {
          open.put(entry.stamp(), entry);
        }
      }
    }
  }

  private void raise(Stamp stamp) {
    bound = stamp.compareTo(bound) > 0 ? stamp : bound;
  }

  CompensationJournal.Contents contents() {
    return new CompensationJournal.Contents(new ArrayList<>(open.values()), bound);
  }

  /** The first records of a generation that takes over. */
  List<JournalItem> beginning() {
    var items = new ArrayList<JournalItem>();
    items.add(new JournalItem.Begun(bound, open.size()));
    open.values().forEach(entry -> items.add(new JournalItem.Entry(entry)));
    return items;
  }
}
