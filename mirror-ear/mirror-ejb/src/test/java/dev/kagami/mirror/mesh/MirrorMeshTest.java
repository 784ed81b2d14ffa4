package dev.kagami.mirror.mesh;

import static dev.kagami.mirror.mesh.SimulatedSites.SPACE;
import static dev.kagami.mirror.mesh.SimulatedSites.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.core.error.ValdException.ResourceExhausted;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.mirror.mesh.MirrorTarget.Desired;
import dev.kagami.mirror.mesh.MirrorTarget.Source;
import dev.kagami.transport.client.Address;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void storedTargets_areInTheFirstSnapshot_byTheNameOfTheirSite() {
    var database = new InMemoryTargetRepository();
    sites.start("B", 2);
    sites.start(setup("A", 1, SPACE, at("B")), database);
    sites.pass(A_WHILE);
    sites.stop("A");
    sites.cut("B");

    var restarted = sites.start(setup("A", 1, SPACE, at("B")), database);

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
  void ownAddressAndItsAliases_areNeverInTheMesh() {
    var alias = new Address("alias.example", 8081);
    sites.alias(alias, "A");

    var a = sites.start("A", 1, at("A"), alias);
    sites.pass(A_WHILE);

    assertThat(a.now().members()).isEmpty();
    assertThat(a.statuses())
        .singleElement()
        .satisfies(status -> assertThat(status.reason()).contains("this site itself"));
  }

  @Test
  void deadAliasOfThisSite_holdsUpNothingAfterARestart() {
    var alias = new Address("alias.example", 8081);
    sites.alias(alias, "A");
    var database = new InMemoryTargetRepository();
    sites.start(setup("A", 1, SPACE, alias), database);
    sites.pass(A_WHILE);
    sites.stop("A");
    sites.endAlias(alias);

    var restarted = sites.start(setup("A", 1, SPACE, alias), database);

    assertThat(restarted.now().members()).isEmpty();
    sites.pass(A_WHILE);
    assertThat(restarted.now().members()).isEmpty();
  }

  @Test
  void siteUnderTwoAddresses_isInTheMeshOnce() {
    var alias = new Address("alias.example", 8081);
    sites.alias(alias, "B");
    sites.start("B", 2);

    var a = sites.start("A", 1, at("B"), alias);
    sites.pass(A_WHILE);

    assertThat(phases(a)).isEqualTo(allConnected("B"));
    assertThat(a.statuses())
        .extracting(TargetStatus::phase)
        .containsExactlyInAnyOrder(TargetPhase.CONNECTED, TargetPhase.UNKNOWN);
  }

  @Test
  void memberIsRemoved_itsOtherAddressTakesItsPlaceAtOnceThoughTheSiteIsAway() {
    var alias = new Address("alias.example", 8081);
    sites.alias(alias, "B");
    sites.start("B", 2);
    var a = sites.start("A", 1, at("B"), alias);
    sites.pass(A_WHILE);
    sites.cut("B");

    a.remove(member(a));

    assertThat(phases(a)).isEqualTo(Map.of("B", TargetPhase.PENDING));
    sites.pass(A_WHILE);
    assertThat(phases(a)).isEqualTo(Map.of("B", TargetPhase.DISCONNECTED));
    sites.heal("B");
    sites.pass(A_WHILE);
    assertThat(phases(a)).isEqualTo(allConnected("B"));
  }

  @Test
  void memberIsGoneAfterARestart_itsOtherAddressTakesItsPlaceThoughTheSiteIsAway() {
    var alias = new Address("alias.example", 8081);
    sites.alias(alias, "B");
    sites.start("B", 2);
    var database = new InMemoryTargetRepository();
    var a = sites.start(setup("A", 1, SPACE, at("B"), alias), database);
    sites.pass(A_WHILE);
    var other = member(a).equals(alias) ? at("B") : alias;
    sites.stop("A");
    sites.cut("B");

    var same = sites.start(setup("A", 1, SPACE, at("B"), alias), database);
    assertThat(phases(same)).isEqualTo(Map.of("B", TargetPhase.PENDING));
    sites.stop("A");
    var restarted = sites.start(setup("A", 1, SPACE, other), database);

    assertThat(phases(restarted)).isEqualTo(Map.of("B", TargetPhase.PENDING));
  }

  @Test
  void targetIsRemoved_namesOfThisSiteItselfStayOutOfTheMesh() {
    var alias = new Address("alias.example", 8081);
    sites.alias(alias, "A");
    sites.start("B", 2);
    var a = sites.start("A", 1, at("B"), alias);
    sites.pass(A_WHILE);

    a.remove(at("B"));

    assertThat(a.now().members()).isEmpty();
  }

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
    sites.start(setup("A", 1, SPACE, at("B")), database).remove(at("B"));
    sites.stop("A");

    var restarted = sites.start(setup("A", 1, SPACE, at("B")), database);
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
  void targetIsTakenOffline_itStaysSoWhileItAnswersAndOverARestart() {
    var repository = new InMemoryTargetRepository();
    var a = sites.start(setup("A", 1, SPACE, at("B")), repository);
    sites.start("B", 2);
    sites.pass(A_WHILE);

    a.hold(at("B"), Desired.OFFLINE);
    assertThat(phases(a)).as("at once").isEqualTo(Map.of("B", TargetPhase.DISCONNECTED));
    sites.pass(A_WHILE);
    assertThat(phases(a)).isEqualTo(Map.of("B", TargetPhase.DISCONNECTED));
    assertThat(a.now().held()).containsExactly("B");
    assertThat(a.statuses().getFirst().reason()).contains("offline by an operator");

    sites.stop("A");
    var restarted = sites.start(setup("A", 1, SPACE, at("B")), repository);
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

  @Test
  void ownAddress_cannotBeAdded() {
    var a = sites.start("A", 1);

    assertThatThrownBy(() -> a.add(new Announced("MIRROR.a.example", 8081)))
        .isInstanceOf(InvalidArgument.class);
  }

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
    sites.start(setup("B", 2, new VectorSpace(5, Metric.L2)), new InMemoryTargetRepository());
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

  @Test
  void databaseThatIsDown_leavesTheMeshAsItIs() {
    var database = new InMemoryTargetRepository();
    sites.start("B", 2);
    var a = sites.start(setup("A", 1, SPACE, at("B")), database);
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
    var a = sites.start(setup("A", 1, SPACE, at("B")), database);
    database.goDown();
    sites.start("B", 2);

    sites.pass(A_WHILE);

    assertThat(a.now().members()).noneMatch(Mesh.Member::isConnected);
  }

  private static Address member(MirrorMesh mesh) {
    return mesh.statuses().stream()
        .filter(status -> status.standing() == Standing.MEMBER)
        .map(TargetStatus::address)
        .reduce((one, two) -> fail(one + " and " + two))
        .orElseThrow();
  }

  private SimulatedSites.Setup setup(
      String name, int number, VectorSpace space, Address... targets) {
    return new SimulatedSites.Setup(
        name, number, space, sites.clockOff(Duration.ZERO), Set.of(targets));
  }

  private static Map<String, TargetPhase> phases(MirrorMesh mesh) {
    return mesh.now().members().stream()
        .collect(Collectors.toMap(Mesh.Member::name, Mesh.Member::phase));
  }

  private static Map<String, TargetPhase> allConnected(String... names) {
    return Arrays.stream(names).collect(Collectors.toMap(name -> name, _ -> TargetPhase.CONNECTED));
  }
}
