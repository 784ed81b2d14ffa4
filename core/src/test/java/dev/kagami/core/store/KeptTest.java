package dev.kagami.core.store;

import static dev.kagami.core.store.KeptLaws.ID;
import static dev.kagami.core.store.KeptLaws.VERSIONS;
import static dev.kagami.core.store.KeptLaws.expected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.kagami.core.Seed;
import dev.kagami.core.store.KeptLaws.Event;
import dev.kagami.core.store.KeptLaws.Rules;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.Vector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeptTest {

  static Stream<Arguments> brokenRules() {
    return Stream.of(
        argumentSet(
            "drops what lies beneath at once",
            new Rules() {
              @Override
              public Kept came(Kept kept, Version version) {
                var all = kept.with(version, false);
                return new Kept(ID, all.entries().stream().limit(1).toList(), all.marks());
              }
            }),
        argumentSet(
            "keeps what lies beneath a settled version",
            new Rules() {
              @Override
              public Kept settled(Kept kept, Predicate<Stamp> decided) {
                var entries =
                    kept.entries().stream()
                        .map(entry ->
                            new Kept.Entry(
                                entry.version(),
                                entry.settled() || decided.test(entry.version().stamp())))
                        .toList();
                return new Kept(ID, entries, kept.marks());
              }
            }),
        argumentSet(
            "forgets the mark of a version that has not come",
            new Rules() {
              @Override
              public Kept voided(Kept kept, Stamp stamp) {
                return kept.find(stamp).isPresent() ? kept.voided(stamp) : kept;
              }
            }),
        argumentSet(
            "forgets the mark once it has done its work",
            new Rules() {
              @Override
              public Kept voided(Kept kept, Stamp stamp) {
                return new Kept(ID, kept.voided(stamp).entries(), kept.marks());
              }
            }),
        argumentSet(
            "hides everything newer than a voided version as well",
            new Rules() {
              @Override
              public Kept voided(Kept kept, Stamp stamp) {
                var older =
                    kept.voided(stamp).entries().stream()
                        .filter(entry -> entry.version().stamp().compareTo(stamp) < 0)
                        .toList();
                return new Kept(ID, older, kept.voided(stamp).marks());
              }
            }),
        argumentSet(
            "takes the last to arrive for the newest",
            new Rules() {
              @Override
              public Kept came(Kept kept, Version version) {
                var known = kept.find(version.stamp()).isPresent();
                if (known || kept.marks().contains(version.stamp())) {
                  return kept;
                }
                var entries = new ArrayList<Kept.Entry>();
                entries.add(new Kept.Entry(version, false));
                entries.addAll(kept.entries());
                return new Kept(ID, entries, kept.marks());
              }
            }),
        argumentSet(
            "settles what is newer than the stamp told",
            new Rules() {
              @Override
              public Kept settled(Kept kept, Predicate<Stamp> decided) {
                return kept.settled(
                    stamp -> decided.test(stamp) || decided.test(new Stamp(stamp.value() - 1)));
              }
            }));
  }

  @ParameterizedTest
  @MethodSource("brokenRules")
  void rulesAreBroken_theLawsNotice(Rules broken) {
    var seed = Seed.next();
    var histories = randomHistories(new Random(seed.value()));

    assertThat(histories.stream().map(KeptLaws::toldInFull))
        .as("%s", seed)
        .anySatisfy(all -> assertThat(broken.after(all)).isNotEqualTo(expected(all)))
        .allSatisfy(all -> assertThat(Rules.SOUND.after(all)).isEqualTo(expected(all)));
  }

  /** All versions come twice, some are undone and some of the others settled, in any order. */
  private static List<List<Event>> randomHistories(Random random) {
    var histories = new ArrayList<List<Event>>();
    for (int i = 0; i < 300; i++) {
      var events = new ArrayList<Event>();
      for (var version : VERSIONS) {
        boolean undone = random.nextInt(3) == 0;
        events.add(new Event.Came(version));
        if (undone) {
          events.add(new Event.Voided(version.stamp()));
        } else if (random.nextInt(3) == 0) {
          events.add(new Event.Settled(Set.of(version.stamp())));
        }
      }
      events.addAll(List.copyOf(events));
      Collections.shuffle(events, random);
      histories.add(events);
    }
    return histories;
  }

  @Test
  void standing_tellsWhereAVersionCameToLie() {
    var older = VERSIONS.get(0);
    var newer = VERSIONS.get(2);
    var both = Kept.nothing(ID).with(newer, false).with(older, false);

    assertThat(both.standing(newer.stamp())).isEqualTo(Applied.Standing.TOP);
    assertThat(both.standing(older.stamp())).isEqualTo(Applied.Standing.BENEATH);
    assertThat(both.settled(newer.stamp()::equals).standing(older.stamp()))
        .isEqualTo(Applied.Standing.SUPERSEDED);
  }

  @Test
  void othersAreSettledLater_whatIsSettledStaysSettled() {
    var version = VERSIONS.getFirst();
    var settled = Kept.nothing(ID).with(version, true);

    assertThat(settled.settled(_ -> false)).isEqualTo(settled);
    assertThat(settled.with(version, false)).isEqualTo(settled);
    assertThat(settled.entries()).containsExactly(new Kept.Entry(version, true));
  }

  @Test
  void oneStampWithTwoContents_isAFaultThatAllStoresSettleAlike() {
    var one = VERSIONS.get(0);
    var other = new Version(ID, one.timestamp(), one.stamp(), Optional.of(Vector.of(7, 7)));
    var tombstone = new Version(ID, one.timestamp(), one.stamp(), Optional.empty());
    var states = new ArrayList<Kept>();

    for (var order :
        List.of(
            List.of(one, other, tombstone),
            List.of(tombstone, other, one),
            List.of(other, tombstone, one))) {
      var kept = Kept.nothing(ID);
      for (var version : order) {
        kept = kept.with(version, false);
      }
      states.add(kept);
    }

    assertThat(states).containsOnly(states.getFirst());
    assertThat(states.getFirst().newest()).contains(tombstone);
  }

  @Test
  void keptIsImmutable_itsPartsCannotBeChanged() {
    var version = new Version(ID, new Timestamp(1), new Stamp(1), Optional.empty());
    var kept = Kept.nothing(ID);

    var more = kept.with(version, true).voided(new Stamp(2));

    assertThat(kept).isEqualTo(Kept.nothing(ID));
    assertThat(more.entries()).isUnmodifiable();
    assertThat(more.marks()).isUnmodifiable();
  }
}
