package dev.kagami.mirror.mesh;

import static dev.kagami.mirror.mesh.SimulatedSites.SPACE;
import static dev.kagami.mirror.mesh.SimulatedSites.allConnected;
import static dev.kagami.mirror.mesh.SimulatedSites.at;
import static dev.kagami.mirror.mesh.SimulatedSites.phases;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.ResourceExhausted;
import dev.kagami.mirror.mesh.MirrorTarget.Source;
import dev.kagami.transport.client.Address;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a mesh forms, and how it loses targets and has them back. */
class MirrorMeshTest {
  private static final Duration A_WHILE = Duration.ofSeconds(10);

  private final SimulatedSites sites = new SimulatedSites();

  @Test
  void oneKnownTarget_makesAFullMesh() {
    var a = sites.start("A", 1);
    var b = sites.start("B", 2, at("A"));
    var c = sites.start("C", 3, at("A"));

    sites.pass(A_WHILE);

    assertThat(phases(a)).isEqualTo(allConnected("B", "C"));
    assertThat(phases(b)).isEqualTo(allConnected("A", "C"));
    assertThat(phases(c)).isEqualTo(allConnected("A", "B"));
    assertThat(a.wishes()).extracting(MirrorTarget::source).containsOnly(Source.REGISTER);
  }

  @Test
  void round_callsTheTargetsInTheOrderOfTheirAddresses() {
    var others = List.of("B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M");
    for (int i = 0; i < others.size(); i++) {
      sites.start(others.get(i), i + 2);
    }

    sites.start("A", 1, others.stream().map(SimulatedSites::at).toArray(Address[]::new));

    assertThat(sites.dues()).as("as all are connected").isEqualTo(others);
  }

  @Test
  void storedTargets_areInTheFirstSnapshot_byTheNameOfTheirSite() {
    var database = new InMemoryTargetRepository();
    sites.start("B", 2);
    sites.start(sites.setup("A", 1, SPACE, at("B")), database);
    sites.pass(A_WHILE);
    sites.stop("A");
    sites.cut("B");

    var restarted = sites.start(sites.setup("A", 1, SPACE, at("B")), database);

    assertThat(phases(restarted)).isEqualTo(Map.of("B", TargetPhase.PENDING));
  }

  @Test
  void targetNeverReached_isKnownByItsAddress() {
    var a = sites.start("A", 1, at("B"));

    assertThat(phases(a)).isEqualTo(Map.of("mirror.b.example:8081", TargetPhase.PENDING));
    sites.pass(A_WHILE);
    assertThat(phases(a)).isEqualTo(Map.of("mirror.b.example:8081", TargetPhase.DISCONNECTED));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void lostTarget_isDisconnectedAfterTheLimitsAndBackAtTheFirstAnswer(boolean hangs) {
    var a = sites.start("A", 1, at("B"));
    sites.start("B", 2);
    sites.pass(A_WHILE);

    if (hangs) {
      sites.hang("B");
    } else {
      sites.cut("B");
    }
    sites.pass(Duration.ofMillis(1500));
    assertThat(phases(a)).isEqualTo(allConnected("B"));
    sites.pass(A_WHILE);
    assertThat(phases(a)).isEqualTo(Map.of("B", TargetPhase.DISCONNECTED));
    assertThat(a.statuses().getFirst().reason()).contains("mirror.b.example:8081");

    sites.heal("B");
    sites.pass(Duration.ofSeconds(3));
    assertThat(phases(a)).isEqualTo(allConnected("B"));
  }

  @Test
  void targetThatIsBack_isNotConnectedBeforeItHasAcknowledgedWhatIsOwedToIt() {
    var a = sites.start("A", 1, at("B"));
    sites.start("B", 2);
    sites.pass(A_WHILE);
    sites.cut("B");
    sites.pass(A_WHILE);
    sites.owe("B");

    sites.heal("B");
    sites.pass(A_WHILE);

    assertThat(phases(a)).isEqualTo(Map.of("B", TargetPhase.CATCHING_UP));
    assertThat(a.statuses().getFirst().reason()).contains("brought what it missed");
    sites.acknowledge("B");
    sites.pass(Duration.ofSeconds(2));
    assertThat(phases(a)).isEqualTo(allConnected("B"));
  }

  @Test
  void targetIsLostWhileItCatchesUp_whatWasBegunBeforeDoesNotConnectIt() {
    var a = sites.start("A", 1, at("B"));
    sites.start("B", 2);
    sites.holdDues();
    sites.pass(A_WHILE);
    assertThat(phases(a)).isEqualTo(Map.of("B", TargetPhase.CATCHING_UP));

    sites.cut("B");
    sites.pass(A_WHILE);
    assertThat(phases(a)).isEqualTo(Map.of("B", TargetPhase.DISCONNECTED));
    sites.heal("B");
    sites.pass(A_WHILE);
    assertThat(phases(a)).isEqualTo(Map.of("B", TargetPhase.DISCONNECTED));

    sites.releaseDues();
    assertThat(phases(a)).isEqualTo(Map.of("B", TargetPhase.DISCONNECTED));
    sites.pass(Duration.ofSeconds(2));
    assertThat(phases(a)).as("brought once more").isEqualTo(allConnected("B"));
  }

  @Test
  void connectedTarget_staysConnectedWhateverIsOwedToIt() {
    var a = sites.start("A", 1, at("B"));
    sites.start("B", 2);
    sites.pass(A_WHILE);
    int asked = sites.dues().size();

    sites.owe("B");
    sites.pass(A_WHILE);

    assertThat(phases(a)).isEqualTo(allConnected("B"));
    assertThat(sites.dues()).as("only to one that comes").hasSize(asked);
  }

  @Test
  void hangingTarget_holdsUpNoOther() {
    var a = sites.start("A", 1, at("B"), at("C"));
    sites.start("B", 2);
    sites.hang("B");
    sites.start("C", 3);

    sites.pass(Duration.ofMillis(1100));

    assertThat(phases(a)).containsEntry("C", TargetPhase.CONNECTED);
  }

  @Test
  void targetAnswersButTakesNoWrites_itIsLostAfterTheLimits() {
    var a = sites.start("A", 1, at("B"));
    sites.start("B", 2);
    sites.pass(A_WHILE);
    var full = Optional.<ValdException>of(new ResourceExhausted("the disk is full"));

    a.wrote("B", full);
    a.wrote("B", full);
    sites.pass(Duration.ofSeconds(3));
    a.wrote("B", Optional.empty());
    a.wrote("B", full);
    a.wrote("B", full);
    a.wrote("B", full);
    assertThat(phases(a)).as("not for long enough").isEqualTo(allConnected("B"));
    sites.owe("B");
    sites.pass(Duration.ofSeconds(3));
    a.wrote("B", full);

    assertThat(phases(a)).isEqualTo(Map.of("B", TargetPhase.DISCONNECTED));
    assertThat(a.statuses().getFirst().reason()).contains("no writes", "disk is full");
    sites.pass(A_WHILE);
    assertThat(phases(a)).isEqualTo(Map.of("B", TargetPhase.CATCHING_UP));
    sites.acknowledge("B");
    sites.pass(A_WHILE);
    assertThat(phases(a)).isEqualTo(allConnected("B"));
  }

  @Test
  void databaseThatIsDown_leavesTheMeshAsItIs() {
    var database = new InMemoryTargetRepository();
    sites.start("B", 2);
    var a = sites.start(sites.setup("A", 1, SPACE, at("B")), database);
    sites.pass(A_WHILE);

    database.goDown();
    sites.cut("B");
    sites.pass(A_WHILE);
    assertThat(phases(a)).isEqualTo(Map.of("B", TargetPhase.DISCONNECTED));

    database.comeUp();
    sites.heal("B");
    sites.pass(A_WHILE);
    assertThat(phases(a)).isEqualTo(allConnected("B"));
  }

  @Test
  void siteThatCannotBeRemembered_isNotUsed() {
    var database = new InMemoryTargetRepository();
    var a = sites.start(sites.setup("A", 1, SPACE, at("B")), database);
    database.goDown();
    sites.start("B", 2);

    sites.pass(A_WHILE);

    assertThat(a.now().members()).noneMatch(Mesh.Member::isConnected);
  }
}
