package dev.kagami.mirror.mesh;

import dev.kagami.mirror.mesh.MirrorTarget.Desired;
import dev.kagami.mirror.mesh.MirrorTarget.Source;
import dev.kagami.transport.client.Address;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What operators have said of targets, among the rows of all sources: who removes one, or takes
 * that back, says so for all sites, and the latest word counts. To hold a target is a matter of one
 * site. Pure.
 */
record OperatorWords(Collection<MirrorTarget> rows) {

  /** What peers are told. */
  List<Membership> memberships() {
    return rows.stream()
        .filter(row -> row.source() == Source.REST && isForAll(row.desired()))
        .map(row -> new Membership(row.address(), !row.isRemoval(), row.since()))
        .toList();
  }

  private static boolean isForAll(Desired said) {
    return switch (said) {
      case PRESENT, REMOVED, READMITTED -> true;
      case PAUSED, OFFLINE, UNUSED -> false;
    };
  }

  /** The rows that have to be stored for what peers tell; none if it is known here. */
  List<MirrorTarget> news(Collection<Membership> told) {
    var news = new ArrayList<MirrorTarget>();
    for (var word : told) {
      var known = of(word.address());
      if (known
          .map(MirrorTarget::since)
          .filter(since -> !word.since().isAfter(since))
          .isPresent()) {
        continue;
      }
      if (!word.isMember()) {
        news.add(MirrorTarget.removed(word.address(), word.since()));
      } else if (known.filter(MirrorTarget::isRemoval).isPresent()) {
        news.add(MirrorTarget.readmitted(word.address(), word.since()));
      }
    }
    return news;
  }

  /** Whether the mirror at {@code address} is removed. */
  boolean isRemoved(Address address) {
    return of(address).filter(MirrorTarget::isRemoval).isPresent();
  }

  /** The time of a word that is said {@code now}: later than all that was said of the address. */
  Instant time(Address address, Instant now) {
    var next = of(address).map(row -> row.since().plus(Duration.ofMillis(1))).orElse(now);
    return (next.isAfter(now) ? next : now).truncatedTo(ChronoUnit.MILLIS);
  }

  private Optional<MirrorTarget> of(Address address) {
    return rows.stream()
        .filter(row -> row.source() == Source.REST && row.address().equals(address))
        .findFirst();
  }
}
