package dev.kagami.core.store;

import static dev.kagami.core.store.KeptLaws.ID;
import static dev.kagami.core.store.KeptLaws.VERSIONS;
import static dev.kagami.core.store.KeptLaws.expected;
import static dev.kagami.core.store.KeptLaws.toldInFull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.store.KeptLaws.Event;
import dev.kagami.core.store.KeptLaws.Rules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple3;

/** A failure prints its seed; {@code @Property(seed = ...)} takes it back. */
@PropertyDefaults(tries = 300, edgeCases = EdgeCasesMode.NONE)
class KeptLawsTest {

  @Property
  void eventsInAnyOrderAndRepeated_endInTheStateThatTheSetsGive(
      @ForAll("histories") List<Event> events) {
    var all = toldInFull(events);

    assertThat(Rules.SOUND.after(all)).isEqualTo(expected(all));
  }

  @Property
  void eventsAreShuffledAndRepeated_endInTheSameState(
      @ForAll("histories") List<Event> events, @ForAll Random random) {
    var shuffled = new ArrayList<>(events);
    shuffled.addAll(events.subList(0, events.size() / 2));
    Collections.shuffle(shuffled, random);

    assertThat(Rules.SOUND.after(toldInFull(shuffled)))
        .isEqualTo(Rules.SOUND.after(toldInFull(events)));
  }

  @Property
  void merge_isCommutative(@ForAll("three") Tuple3<Kept, Kept, Kept> three) {
    assertThat(three.get1().merge(three.get2())).isEqualTo(three.get2().merge(three.get1()));
  }

  @Property
  void merge_isAssociative(@ForAll("three") Tuple3<Kept, Kept, Kept> three) {
    var leftFirst = three.get1().merge(three.get2()).merge(three.get3());
    var rightFirst = three.get1().merge(three.get2().merge(three.get3()));

    assertThat(leftFirst).isEqualTo(rightFirst);
  }

  @Property
  void merge_isIdempotentAndNothingIsItsNeutralElement(
      @ForAll("three") Tuple3<Kept, Kept, Kept> three) {
    var kept = three.get1();

    assertThat(kept.merge(kept)).isEqualTo(kept);
    assertThat(kept.merge(Kept.nothing(ID))).isEqualTo(kept);
    assertThat(Kept.nothing(ID).merge(kept)).isEqualTo(kept);
    var both = kept.merge(three.get2());
    assertThat(both.merge(three.get2())).isEqualTo(both);
  }

  @Property
  void visible_isTheNewestWithoutMarkIfItIsAVector(@ForAll("histories") List<Event> events) {
    var kept = Rules.SOUND.after(events);
    var newest = expected(events).entries().stream().findFirst().map(Kept.Entry::version);

    assertThat(kept.newest()).isEqualTo(newest);
    assertThat(kept.visible()).isEqualTo(newest.filter(version -> !version.isTombstone()));
  }

  /** Some versions are undone, all others may be settled: a settled one is never undone. */
  @Provide
  Arbitrary<List<Event>> histories() {
    return undone().flatMap(undone -> events(undone).list().ofMaxSize(20));
  }

  @Provide
  Arbitrary<Tuple3<Kept, Kept, Kept>> three() {
    return undone()
        .flatMap(undone -> {
          var kept = events(undone).list().ofMaxSize(10).map(Rules.SOUND::after);
          return Combinators.combine(kept, kept, kept).as(Tuple::of);
        });
  }

  private static Arbitrary<Set<Stamp>> undone() {
    return Arbitraries.of(VERSIONS).map(Version::stamp).set().ofMaxSize(4);
  }

  private static Arbitrary<Event> events(Set<Stamp> undone) {
    var stands = VERSIONS.stream().map(Version::stamp).filter(s -> !undone.contains(s)).toList();
    Arbitrary<Event> came = Arbitraries.of(VERSIONS).map(Event.Came::new);
    Arbitrary<Event> settled = Arbitraries.of(stands).set().ofMaxSize(2).map(Event.Settled::new);
    if (undone.isEmpty()) {
      return Arbitraries.frequencyOf(Tuple.of(4, came), Tuple.of(1, settled));
    }
    Arbitrary<Event> voided = Arbitraries.of(undone).map(Event.Voided::new);
    return Arbitraries.frequencyOf(Tuple.of(4, came), Tuple.of(2, voided), Tuple.of(1, settled));
  }
}
