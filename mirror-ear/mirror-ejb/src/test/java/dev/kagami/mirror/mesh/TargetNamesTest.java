package dev.kagami.mirror.mesh;

import static dev.kagami.mirror.mesh.SimulatedSites.SPACE;
import static dev.kagami.mirror.mesh.SimulatedSites.allConnected;
import static dev.kagami.mirror.mesh.SimulatedSites.at;
import static dev.kagami.mirror.mesh.SimulatedSites.phases;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.mirror.mesh.MirrorTarget.Source;
import dev.kagami.transport.client.Address;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Sites that go by more than one address. */
class TargetNamesTest {
  private static final Duration A_WHILE = Duration.ofSeconds(10);
  private static final Address ALIAS = new Address("alias.example", 8081);

  private final SimulatedSites sites = new SimulatedSites();

  @Test
  void ownAddressAndItsAliases_areNeverInTheMesh() {
    sites.alias(ALIAS, "A");

    var a = sites.start("A", 1, at("A"), ALIAS);
    sites.pass(A_WHILE);

    assertThat(a.now().members()).isEmpty();
    assertThat(a.statuses())
        .singleElement()
        .satisfies(status -> assertThat(status.reason()).contains("this site itself"));
  }

  @Test
  void deadAliasOfThisSite_holdsUpNothingAfterARestart() {
    sites.alias(ALIAS, "A");
    var database = new InMemoryTargetRepository();
    sites.start(sites.setup("A", 1, SPACE, ALIAS), database);
    sites.pass(A_WHILE);
    sites.stop("A");
    sites.endAlias(ALIAS);

    var restarted = sites.start(sites.setup("A", 1, SPACE, ALIAS), database);

    assertThat(restarted.now().members()).isEmpty();
    sites.pass(A_WHILE);
    assertThat(restarted.now().members()).isEmpty();
  }

  @Test
  void siteUnderTwoAddresses_isInTheMeshOnce() {
    sites.alias(ALIAS, "B");
    sites.start("B", 2);

    var a = sites.start("A", 1, at("B"), ALIAS);
    sites.pass(A_WHILE);

    assertThat(phases(a)).isEqualTo(allConnected("B"));
    assertThat(a.statuses())
        .extracting(TargetStatus::phase)
        .containsExactlyInAnyOrder(TargetPhase.CONNECTED, TargetPhase.UNKNOWN);
  }

  @Test
  void memberIsWantedNoMore_itsOtherAddressTakesItsPlaceThoughTheSiteIsAway() {
    sites.alias(ALIAS, "B");
    sites.start("B", 2);
    var wanted = new HashSet<>(Set.of(at("B"), ALIAS));
    var a = sites.start("A", 1, telling(wanted));
    sites.pass(A_WHILE);
    sites.cut("B");

    wanted.remove(member(a));
    sites.pass(Duration.ofSeconds(1));

    assertThat(phases(a)).isEqualTo(Map.of("B", TargetPhase.PENDING));
    sites.pass(A_WHILE);
    assertThat(phases(a)).isEqualTo(Map.of("B", TargetPhase.DISCONNECTED));
    sites.heal("B");
    sites.pass(A_WHILE);
    assertThat(phases(a)).isEqualTo(allConnected("B"));
  }

  @Test
  void memberIsGoneAfterARestart_itsOtherAddressTakesItsPlaceThoughTheSiteIsAway() {
    sites.alias(ALIAS, "B");
    sites.start("B", 2);
    var database = new InMemoryTargetRepository();
    var a = sites.start(sites.setup("A", 1, SPACE, at("B"), ALIAS), database);
    sites.pass(A_WHILE);
    var other = member(a).equals(ALIAS) ? at("B") : ALIAS;
    sites.stop("A");
    sites.cut("B");

    var same = sites.start(sites.setup("A", 1, SPACE, at("B"), ALIAS), database);
    assertThat(phases(same)).isEqualTo(Map.of("B", TargetPhase.PENDING));
    sites.stop("A");
    var restarted = sites.start(sites.setup("A", 1, SPACE, other), database);

    assertThat(phases(restarted)).isEqualTo(Map.of("B", TargetPhase.PENDING));
  }

  @Test
  void targetIsRemoved_namesOfThisSiteItselfStayOutOfTheMesh() {
    sites.alias(ALIAS, "A");
    sites.start("B", 2);
    var a = sites.start("A", 1, at("B"), ALIAS);
    sites.pass(A_WHILE);

    a.remove(at("B"));

    assertThat(a.now().members()).isEmpty();
  }

  @Test
  void ownAddress_cannotBeAdded() {
    var a = sites.start("A", 1);

    assertThatThrownBy(() -> a.add(new Announced("MIRROR.a.example", 8081)))
        .isInstanceOf(InvalidArgument.class);
  }

  private static TargetSource telling(Set<Address> wanted) {
    return new TargetSource() {
      @Override
      public Source source() {
        return Source.STATIC;
      }

      @Override
      public Optional<List<MirrorTarget>> targets() {
        return TargetSource.configured(wanted, ControlledScheduler.START).targets();
      }
    };
  }

  private static Address member(MirrorMesh mesh) {
    return mesh.statuses().stream()
        .filter(status -> status.standing() == Standing.MEMBER)
        .map(TargetStatus::address)
        .reduce((one, two) -> fail(one + " and " + two))
        .orElseThrow();
  }
}
