package dev.kagami.mirror.mesh;

import static dev.kagami.mirror.mesh.SimulatedSites.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.core.error.ValdException.ResourceExhausted;
import dev.kagami.mirror.mesh.MirrorTarget.Source;
import dev.kagami.transport.client.Address;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RegistrationTest {
  private final SimulatedSites sites = new SimulatedSites();
  private final MirrorMesh mesh = sites.start("A", 1);

  @Test
  void unknownPeer_isStoredAndJoined() {
    var answer = register(new Announced("mirror.b.example", 8081));

    assertThat(answer).containsExactly(at("A"));
    assertThat(mesh.wishes())
        .singleElement()
        .satisfies(row -> {
          assertThat(row.address()).isEqualTo(at("B"));
          assertThat(row.source()).isEqualTo(Source.REGISTER);
        });
    assertThat(mesh.now().members()).hasSize(1);
  }

  @Test
  void answer_namesConnectedTargetsOnly() {
    sites.start("B", 2);
    register(new Announced("mirror.b.example", 8081), new Announced("mirror.c.example", 8081));
    sites.pass(Duration.ofSeconds(5));

    var answer = register(new Announced("mirror.b.example", 8081));

    assertThat(answer).containsExactly(at("B"), at("A"));
  }

  @Test
  void knownPeer_changesNothing() {
    mesh.add(new Announced("mirror.b.example", 8081));
    var before = mesh.wishes();

    register(new Announced("mirror.b.example", 8081));

    assertThat(mesh.wishes()).isEqualTo(before);
  }

  @Test
  void removedPeer_staysRemoved() {
    mesh.add(new Announced("mirror.b.example", 8081));
    mesh.remove(at("B"));

    register(new Announced("MIRROR.B.example", 8081));

    assertThat(mesh.now().members()).isEmpty();
  }

  @Test
  void ownAddress_isIgnored() {
    register(new Announced("mirror.a.example", 8081));

    assertThat(mesh.wishes()).isEmpty();
  }

  @Test
  void emptyList_isRefused() {
    assertThatThrownBy(this::register)
        .isInstanceOf(InvalidArgument.class)
        .hasMessageContaining("no target");
  }

  @Test
  void oneBadAddress_keepsAllOut() {
    assertThatThrownBy(
            () -> register(new Announced("b.example", 8081), new Announced("127.0.0.1", 80)))
        .isInstanceOf(InvalidArgument.class)
        .hasMessageContaining("127.0.0.1");
    assertThatThrownBy(() -> register(new Announced("b.example", 70_000)))
        .isInstanceOf(InvalidArgument.class)
        .hasMessageContaining("70000");
    assertThat(mesh.wishes()).isEmpty();
  }

  @Test
  void moreThanAHundred_areRefusedAtOnce() {
    assertThatThrownBy(() -> register(many(101)))
        .isInstanceOf(InvalidArgument.class)
        .hasMessageContaining("101");
    assertThat(mesh.wishes()).isEmpty();
  }

  @Test
  void moreThanAHundredInAll_areRefused() {
    register(many(100));

    assertThatThrownBy(() -> register(new Announced("one-more.example", 1)))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(ResourceExhausted.class);
    assertThat(mesh.wishes()).hasSize(100);
  }

  private static Announced[] many(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Announced("host-" + i + ".example", 8081))
        .toArray(Announced[]::new);
  }

  private List<Address> register(Announced... announced) {
    return mesh.registration().register(List.of(announced)).toCompletableFuture().join();
  }
}
