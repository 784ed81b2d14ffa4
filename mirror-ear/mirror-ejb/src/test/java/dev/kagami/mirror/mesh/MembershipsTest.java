package dev.kagami.mirror.mesh;

import static dev.kagami.mirror.mesh.SimulatedSites.SPACE;
import static dev.kagami.mirror.mesh.SimulatedSites.allConnected;
import static dev.kagami.mirror.mesh.SimulatedSites.at;
import static dev.kagami.mirror.mesh.SimulatedSites.phases;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.clock.HybridClock;
import dev.kagami.transport.client.Address;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator of one site removes another or adds it again, and all three sites hear of it. */
class MembershipsTest {
  private static final Duration A_WHILE = Duration.ofSeconds(10);

  private final SimulatedSites sites = new SimulatedSites();
  private final InMemoryTargetRepository databaseOfC = new InMemoryTargetRepository();
  private final MirrorMesh a = sites.start("A", 1, at("B"), at("C"));
  private final MirrorMesh b = sites.start("B", 2);
  private MirrorMesh c = startC();

  private MirrorMesh startC() {
    return sites.start(sites.setup("C", 3, SPACE, at("A"), at("B")), databaseOfC);
  }

  @BeforeEach
  void meet() {
    sites.pass(A_WHILE);
    assertThat(phases(c)).isEqualTo(allConnected("A", "B"));
  }

  @Test
  void siteIsRemovedAtOne_itIsNowhereATargetAndHasNone() {
    a.remove(at("C"));
    sites.pass(A_WHILE);

    assertThat(phases(a)).isEqualTo(allConnected("B"));
    assertThat(phases(b)).isEqualTo(allConnected("A"));
    assertThat(phases(c)).isEmpty();
    assertThat(c.now().isRemoved()).isTrue();
  }

  @Test
  void removedSiteWasAway_hearsItWhenItIsBack() {
    sites.cut("C");
    sites.stop("C");
    a.remove(at("C"));
    sites.pass(A_WHILE);

    sites.heal("C");
    c = startC();
    sites.pass(A_WHILE);

    assertThat(phases(c)).isEmpty();
    assertThat(phases(b)).isEqualTo(allConnected("A"));
  }

  @Test
  void removedSiteIsStartedAnew_staysOut() {
    a.remove(at("C"));
    sites.pass(A_WHILE);
    sites.stop("C");

    c = startC();

    assertThat(phases(c)).as("before anybody is called").isEmpty();
    sites.pass(A_WHILE);
    assertThat(phases(c)).isEmpty();
    assertThat(phases(a)).isEqualTo(allConnected("B"));
  }

  @Test
  void anotherSiteAddsItAgain_itIsBackEverywhere() {
    a.remove(at("C"));
    sites.pass(A_WHILE);

    b.add(announced(at("C")));
    sites.pass(A_WHILE);

    assertThat(phases(a)).isEqualTo(allConnected("B", "C"));
    assertThat(phases(b)).isEqualTo(allConnected("A", "C"));
    assertThat(phases(c)).isEqualTo(allConnected("A", "B"));
  }

  @Test
  void removedSiteAddsATarget_itIsBackEverywhere() {
    a.remove(at("C"));
    sites.pass(A_WHILE);

    c.add(announced(at("B")));
    sites.pass(A_WHILE);

    assertThat(phases(a)).isEqualTo(allConnected("B", "C"));
    assertThat(phases(b)).isEqualTo(allConnected("A", "C"));
    assertThat(phases(c)).isEqualTo(allConnected("A", "B"));
    assertThat(c.now().isRemoved()).isFalse();
  }

  @Test
  void siteIsAwayWhileAnotherIsRemovedAndAddedAgain_theLastWordCounts() {
    a.remove(at("C"));
    sites.pass(A_WHILE);
    sites.cut("B");
    a.add(announced(at("C")));
    sites.pass(A_WHILE);
    a.remove(at("C"));
    a.add(announced(at("C")));
    sites.heal("B");

    sites.pass(A_WHILE.multipliedBy(6));

    assertThat(phases(a)).isEqualTo(allConnected("B", "C"));
    assertThat(phases(b)).isEqualTo(allConnected("A", "C"));
  }

  @Test
  void addressIsDropped_theSiteStaysElsewhereAndIsReachedByAnotherHere() {
    var alias = new Address("another-name-of-c.example", 8081);
    sites.alias(alias, "C");

    a.drop(at("C"));
    a.add(announced(alias));
    sites.pass(A_WHILE);

    assertThat(phases(a)).isEqualTo(allConnected("B", "C"));
    assertThat(phases(b)).isEqualTo(allConnected("A", "C"));
    assertThat(phases(c)).isEqualTo(allConnected("A", "B"));
    assertThat(a.statuses()).extracting(TargetStatus::address).doesNotContain(at("C"));
  }

  @Test
  void siteHasAnotherName_isRemovedByBoth() {
    var alias = new Address("another-name-of-c.example", 8081);
    sites.alias(alias, "C");
    a.add(announced(alias));
    sites.pass(A_WHILE);

    a.remove(at("C"));
    sites.pass(A_WHILE);

    assertThat(phases(a)).isEqualTo(allConnected("B"));
    assertThat(phases(b)).isEqualTo(allConnected("A"));
  }

  @Test
  void wordIsFarAheadOfTheTime_countsWhenThatHasCome() {
    var ahead = sites.time().instant().plus(HybridClock.MAX_AHEAD).plus(A_WHILE);
    var word = List.of(new Membership(at("C"), false, ahead));

    a.memberships().exchange(word);
    assertThat(phases(a)).isEqualTo(allConnected("B", "C"));

    sites.pass(A_WHILE);
    a.memberships().exchange(word);
    assertThat(phases(a)).isEqualTo(allConnected("B"));
  }

  private static Announced announced(Address address) {
    return new Announced(address.host(), address.port());
  }
}
