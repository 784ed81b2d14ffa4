package dev.kagami.mirror.mesh;

import static dev.kagami.mirror.mesh.SimulatedSites.SPACE;
import static dev.kagami.mirror.mesh.SimulatedSites.allConnected;
import static dev.kagami.mirror.mesh.SimulatedSites.at;
import static dev.kagami.mirror.mesh.SimulatedSites.phases;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that this mesh cannot use, or not believe. */
class UnfitPeerTest {
  private static final Duration A_WHILE = Duration.ofSeconds(10);

  private final SimulatedSites sites = new SimulatedSites();

  @Test
  void sameNumberUnderAnotherName_isRefusedAndShown() {
    var a = sites.start("A", 1, at("B"));
    sites.start("B", 1);

    sites.pass(A_WHILE);

    assertThat(phases(a)).isEqualTo(Map.of("mirror.b.example:8081", TargetPhase.UNKNOWN));
    assertThat(a.statuses().getFirst().reason()).contains("number 1", "this one");
  }

  @Test
  void otherDimension_isRefusedUntilItIsMended() {
    var a = sites.start("A", 1, at("B"));
    sites.start(sites.setup("B", 2, new VectorSpace(5, Metric.L2)), new InMemoryTargetRepository());
    sites.pass(A_WHILE);
    assertThat(phases(a)).containsValue(TargetPhase.UNKNOWN);

    sites.stop("B");
    sites.start("B", 2);
    sites.pass(A_WHILE);

    assertThat(phases(a)).isEqualTo(allConnected("B"));
  }

  @ParameterizedTest(name = "{0} minutes")
  @ValueSource(ints = {-60, -11, 11, 60})
  void clockFarOff_isRefusedOnBothSides(int minutes) {
    var a = sites.start("A", 1, at("B"));
    var off = sites.clockOff(Duration.ofMinutes(minutes));
    var b =
        sites.start(
            new SimulatedSites.Setup("B", 2, SPACE, off, Set.of(at("A"))),
            new InMemoryTargetRepository());

    sites.pass(A_WHILE);

    assertThat(a.now().members()).noneMatch(Mesh.Member::isConnected);
    assertThat(b.now().members()).noneMatch(Mesh.Member::isConnected);
    assertThat(a.statuses().getFirst().reason()).startsWith("clock");
  }

  @ParameterizedTest(name = "{0} minutes")
  @ValueSource(ints = {-9, 9})
  void clockALittleOff_isLivedWith(int minutes) {
    var a = sites.start("A", 1, at("B"));
    var off = sites.clockOff(Duration.ofMinutes(minutes));
    sites.start(
        new SimulatedSites.Setup("B", 2, SPACE, off, Set.of(at("A"))),
        new InMemoryTargetRepository());

    sites.pass(A_WHILE);

    assertThat(phases(a)).isEqualTo(allConnected("B"));
  }

  @Test
  void peerThatMakesNonsenseKnown_isAFailingPeer() {
    var a = sites.start("A", 1, at("B"));
    sites.start("B", 2);
    sites.announce("B", new Announced("169.254.169.254", 80));

    sites.pass(A_WHILE);

    assertThat(a.now().members()).noneMatch(Mesh.Member::isConnected);
    assertThat(a.wishes()).extracting(MirrorTarget::address).containsExactly(at("B"));
    assertThat(a.statuses().getFirst().reason()).contains("169.254.169.254");
  }
}
