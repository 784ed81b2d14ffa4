package dev.kagami.core.store;

import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The laws of {@link Kept}, told apart from it: what it has to come to, whatever the order in which
 * versions, marks and settled stamps become known. Six versions of one id, of which some will be
 * undone and none of these is ever settled.
 */
final class KeptLaws {
  static final VectorId ID = new VectorId("an-id");

  /** Oldest stamp first; the times are not in the order of the stamps, and two are equal. */
  static final List<Version> VERSIONS =
      List.of(
          vector(1, 20),
          tombstone(2, 10),
          vector(3, 30),
          vector(4, 30),
          tombstone(5, 50),
          vector(6, 40));

  private KeptLaws() {}

  /** Something that a store learns of one id. */
  sealed interface Event {
    /** Of a version, as a write or as one that was caught up with. */
    record Came(Version version) implements Event {}

    /** That a version does not count. */
    record Voided(Stamp stamp) implements Event {}

    /** That these are decided for good. */
    record Settled(Set<Stamp> stamps) implements Event {}
  }

  /** How a keeper takes events in; {@link #SOUND} is the one in use. */
  interface Rules {
    Rules SOUND = new Rules() {};

    default Kept came(Kept kept, Version version) {
      return kept.with(version, false);
    }

    default Kept voided(Kept kept, Stamp stamp) {
      return kept.voided(stamp);
    }

    default Kept settled(Kept kept, Predicate<Stamp> decided) {
      return kept.settled(decided);
    }

    /** All of {@code events}, from nothing. */
    default Kept after(List<Event> events) {
      var kept = Kept.nothing(ID);
      for (var event : events) {
        kept =
            switch (event) {
              case Event.Came(var version) -> came(kept, version);
              case Event.Voided(var stamp) -> voided(kept, stamp);
              case Event.Settled(var stamps) -> settled(kept, stamps::contains);
            };
      }
      return kept;
    }
  }

  /**
   * Whatever {@code events} tell and however often, once the settled stamps are told at the end: a
   * settled stamp that is told before its version came says nothing about it.
   */
  static List<Event> toldInFull(List<Event> events) {
    var settled =
        events.stream()
            .mapMulti((Event event, Consumer<Stamp> sink) -> {
              if (event instanceof Event.Settled(var stamps)) {
                stamps.forEach(sink);
              }
            })
            .collect(Collectors.toSet());
    return Stream.concat(events.stream(), Stream.of(new Event.Settled(settled))).toList();
  }

  /** What has to be kept after {@code events}, worked out from the sets that they tell. */
  static Kept expected(List<Event> events) {
    var came = new ArrayList<Version>();
    var marks = new TreeSet<Stamp>();
    var settled = new TreeSet<Stamp>();
    for (var event : events) {
      switch (event) {
        case Event.Came(var version) -> came.add(version);
        case Event.Voided(var stamp) -> marks.add(stamp);
        case Event.Settled(var stamps) -> settled.addAll(stamps);
      }
    }
    var entries = new ArrayList<Kept.Entry>();
    for (var version : newestFirst(came)) {
      boolean hidden = !entries.isEmpty() && entries.getLast().settled();
      if (!marks.contains(version.stamp()) && !hidden) {
        entries.add(new Kept.Entry(version, settled.contains(version.stamp())));
      }
    }
    return new Kept(ID, entries, marks);
  }

  private static List<Version> newestFirst(List<Version> versions) {
    return versions.stream()
        .distinct()
        .sorted((a, b) -> {
          int byTime = b.timestamp().compareTo(a.timestamp());
          return byTime != 0 ? byTime : b.stamp().compareTo(a.stamp());
        })
        .toList();
  }

  private static Version vector(int stamp, long nanos) {
    return new Version(
        ID, new Timestamp(nanos), new Stamp(stamp), Optional.of(Vector.of(stamp, -stamp)));
  }

  private static Version tombstone(int stamp, long nanos) {
    return new Version(ID, new Timestamp(nanos), new Stamp(stamp), Optional.empty());
  }
}
