package dev.kagami.mirror.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.mirror.TestDatabase;
import dev.kagami.mirror.mesh.MirrorTarget.Desired;
import dev.kagami.mirror.mesh.MirrorTarget.Labels;
import dev.kagami.mirror.mesh.MirrorTarget.Source;
import dev.kagami.transport.client.Address;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JpaMirrorTargetRepositoryTest {
  private static final Address B = new Address("mirror.b.example", 8081);
  private static final Instant MICROS = Instant.parse("2030-01-02T03:04:05.678901Z");

  @RegisterExtension private static final TestDatabase database = new TestDatabase();

  @Test
  void savedTarget_isReadAsItWas() {
    var target =
        new MirrorTarget(B, Source.REST, Desired.REMOVED, new Labels("dc1", "blue"), MICROS);

    run(repository -> repository.save(target));

    assertThat(ask(MirrorTargetRepository::targets)).containsExactly(target);
  }

  @Test
  void sameAddressAndSource_isOneRow() {
    run(repository -> repository.save(MirrorTarget.removed(B, MICROS)));
    var again = MirrorTarget.wanted(B, Source.REST, MICROS.plusSeconds(1));

    run(repository -> repository.save(again));

    assertThat(ask(MirrorTargetRepository::targets)).containsExactly(again);
  }

  @Test
  void otherSource_hasItsOwnRow() {
    var configured = MirrorTarget.wanted(B, Source.STATIC, MICROS);
    var removed = MirrorTarget.removed(B, MICROS);
    run(repository -> repository.save(configured));

    run(repository -> repository.save(removed));

    assertThat(ask(MirrorTargetRepository::targets)).containsExactly(configured, removed);
  }

  @Test
  void deletedTarget_leavesTheOtherRows() {
    var configured = MirrorTarget.wanted(B, Source.STATIC, MICROS);
    var learned = MirrorTarget.wanted(B, Source.REGISTER, MICROS);
    run(repository -> repository.save(configured));
    run(repository -> repository.save(learned));

    run(repository -> repository.delete(configured));
    run(repository -> repository.delete(configured));

    assertThat(ask(MirrorTargetRepository::targets)).containsExactly(learned);
  }

  @Test
  void savedStatus_isReadAsItWas() {
    var seen =
        new TargetStatus(
            B,
            Optional.of(new Site("B", 2)),
            Standing.REDUNDANT,
            TargetPhase.DISCONNECTED,
            "no answer",
            MICROS);
    run(repository -> repository.saveStatus(seen));

    assertThat(ask(MirrorTargetRepository::statuses)).containsExactly(seen);
  }

  @Test
  void statusOfNobody_hasNoSite() {
    var pending =
        new TargetStatus(B, Optional.empty(), Standing.MEMBER, TargetPhase.PENDING, "", MICROS);
    run(repository -> repository.saveStatus(pending));

    assertThat(ask(MirrorTargetRepository::statuses)).containsExactly(pending);
  }

  @Test
  void longReason_isCut() {
    var seen =
        new TargetStatus(
            B, Optional.empty(), Standing.MEMBER, TargetPhase.UNKNOWN, "x".repeat(5000), MICROS);

    run(repository -> repository.saveStatus(seen));

    assertThat(ask(MirrorTargetRepository::statuses).getFirst().reason()).hasSize(1000);
  }

  @Test
  void deletedStatus_isGone() {
    run(repository ->
        repository.saveStatus(
            new TargetStatus(
                B, Optional.empty(), Standing.MEMBER, TargetPhase.PENDING, "", MICROS)));

    run(repository -> repository.deleteStatus(B));
    run(repository -> repository.deleteStatus(B));

    assertThat(ask(MirrorTargetRepository::statuses)).isEmpty();
  }

  @Test
  void writerNumber_belongsToTheName() {
    int first = ask(repository -> repository.writerNumber("mirror-1"));
    int other = ask(repository -> repository.writerNumber("mirror-2"));

    int again = ask(repository -> repository.writerNumber("mirror-1"));

    assertThat(first).isEqualTo(1);
    assertThat(other).isEqualTo(2);
    assertThat(again).isEqualTo(first);
  }

  @Test
  void sixteenthMirror_hasNoNumber() {
    for (int i = 1; i <= 15; i++) {
      var name = "mirror-" + i;
      int number = ask(repository -> repository.writerNumber(name));
      assertThat(number).isEqualTo(i);
    }

    assertThatThrownBy(() -> ask(repository -> repository.writerNumber("mirror-16")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("mirror-15");
  }

  private void run(Consumer<MirrorTargetRepository> work) {
    Boolean done =
        ask(repository -> {
          work.accept(repository);
          return true;
        });
    assertThat(done).isTrue();
  }

  private <R> R ask(Function<MirrorTargetRepository, R> work) {
    return database.inTransaction(entities -> work.apply(new JpaMirrorTargetRepository(entities)));
  }
}
