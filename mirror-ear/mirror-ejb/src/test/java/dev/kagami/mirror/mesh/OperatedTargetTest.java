package dev.kagami.mirror.mesh;

import static dev.kagami.mirror.mesh.SimulatedSites.SPACE;
import static dev.kagami.mirror.mesh.SimulatedSites.allConnected;
import static dev.kagami.mirror.mesh.SimulatedSites.at;
import static dev.kagami.mirror.mesh.SimulatedSites.phases;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.mirror.mesh.MirrorTarget.Desired;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Targets that an operator adds, removes or holds. */
class OperatedTargetTest {
  private static final Duration A_WHILE = Duration.ofSeconds(10);

  private final SimulatedSites sites = new SimulatedSites();

  @Test
  void removedTarget_isNotBroughtBackByItsPeer() {
    var a = sites.start("A", 1, at("B"));
    sites.start("B", 2);
    sites.pass(A_WHILE);

    a.remove(at("B"));

    assertThat(a.now().members()).isEmpty();
    sites.pass(A_WHILE);
    assertThat(a.now().members()).isEmpty();
  }

  @Test
  void removedTarget_staysRemovedOverARestart() {
    var database = new InMemoryTargetRepository();
    sites.start("B", 2, at("A"));
    sites.start(sites.setup("A", 1, SPACE, at("B")), database).remove(at("B"));
    sites.stop("A");

    var restarted = sites.start(sites.setup("A", 1, SPACE, at("B")), database);
    sites.pass(A_WHILE);

    assertThat(restarted.now().members()).isEmpty();
  }

  @Test
  void removedTarget_isBackWhenAddedAgain() {
    var a = sites.start("A", 1, at("B"));
    sites.start("B", 2);
    sites.pass(A_WHILE);
    a.remove(at("B"));

    a.add(new Announced("mirror.b.example", 8081));
    sites.pass(A_WHILE);

    assertThat(phases(a)).isEqualTo(allConnected("B"));
  }

  @Test
  void targetIsTakenOffline_itStaysSoWhileItAnswersAndOverARestart() {
    var repository = new InMemoryTargetRepository();
    var a = sites.start(sites.setup("A", 1, SPACE, at("B")), repository);
    sites.start("B", 2);
    sites.pass(A_WHILE);

    a.hold(at("B"), Desired.OFFLINE);
    assertThat(phases(a)).as("at once").isEqualTo(Map.of("B", TargetPhase.DISCONNECTED));
    sites.pass(A_WHILE);
    assertThat(phases(a)).isEqualTo(Map.of("B", TargetPhase.DISCONNECTED));
    assertThat(a.now().held()).containsExactly("B");
    assertThat(a.statuses().getFirst().reason()).contains("offline by an operator");

    sites.stop("A");
    var restarted = sites.start(sites.setup("A", 1, SPACE, at("B")), repository);
    sites.pass(A_WHILE);
    assertThat(phases(restarted)).doesNotContainValue(TargetPhase.CONNECTED);

    restarted.hold(at("B"), Desired.PRESENT);
    sites.pass(A_WHILE);
    assertThat(phases(restarted)).isEqualTo(allConnected("B"));
    assertThat(restarted.now().held()).isEmpty();
  }

  @Test
  void targetIsPaused_itStaysConnectedAndIsHeld() {
    var a = sites.start("A", 1, at("B"));
    sites.start("B", 2);
    sites.pass(A_WHILE);

    a.hold(at("B"), Desired.PAUSED);
    sites.pass(A_WHILE);

    assertThat(phases(a)).isEqualTo(allConnected("B"));
    assertThat(a.now().held()).containsExactly("B");
  }

  @Test
  void unknownTarget_cannotBeHeld() {
    var a = sites.start("A", 1);

    assertThatThrownBy(() -> a.hold(at("B"), Desired.PAUSED)).isInstanceOf(NotFound.class);
  }

  @Test
  void unknownTarget_cannotBeRemoved() {
    var a = sites.start("A", 1);

    assertThatThrownBy(() -> a.remove(at("B"))).isInstanceOf(NotFound.class);
  }
}
