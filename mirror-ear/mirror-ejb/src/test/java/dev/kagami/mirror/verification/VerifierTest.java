package dev.kagami.mirror.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.ScriptedVectorStore;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.mirror.mesh.Mesh;
import dev.kagami.mirror.mesh.TargetPhase;
import dev.kagami.mirror.verification.Difference.Remedy;
import dev.kagami.mirror.verification.Verification.State;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class VerifierTest {
  private static final int MANY = 3000;

  private final ControlledScheduler time = new ControlledScheduler();
  private final InMemoryVectorStore own = store(1);
  private final InMemoryVectorStore there = store(2);
  private final ScriptedVectorStore door = new ScriptedVectorStore(there);
  private final Mesh mesh = new Mesh(List.of(new Mesh.Member("B", TargetPhase.CONNECTED, door)));
  private final Verifier verifier = new Verifier(own, () -> mesh, time);

  @Test
  void bothHoldTheSame_theyAreEqualByDigest() {
    for (int i = 0; i < MANY; i++) {
      upsert(own, i, 1, i);
      upsert(there, i, 1, i);
    }
    remove(own, 5, 2);
    remove(there, 5, 3);

    var ended = verify();

    assertThat(ended.state()).isEqualTo(State.EQUAL);
    assertThat(ended.here()).isEqualTo(ended.there());
    assertThat(ended.here().count()).isEqualTo(MANY - 1);
  }

  @Test
  void theyDiffer_eachIdIsToldWithItsRemedy() {
    for (int i = 0; i < MANY; i++) {
      upsert(own, i, 1, i);
      upsert(there, i, 1, i);
    }
    upsert(own, 10, 2, 77);
    upsert(there, 11, 2, 77);
    upsert(own, 5000, 1, 1);
    upsert(there, 6000, 1, 1);
    remove(own, 12, 2);
    remove(there, 13, 2);

    var ended = verify();

    assertThat(ended.state()).isEqualTo(State.DIFFERENT);
    var remedies =
        ended.differences().stream()
            .collect(Collectors.toMap(each -> each.id().value(), Difference::remedy));
    assertThat(remedies)
        .containsOnly(
            Map.entry("id-10", Remedy.BRING_THERE),
            Map.entry("id-11", Remedy.BRING_HERE),
            Map.entry("id-5000", Remedy.BRING_THERE),
            Map.entry("id-6000", Remedy.ASK),
            Map.entry("id-12", Remedy.BRING_THERE),
            Map.entry("id-13", Remedy.BRING_HERE));
  }

  @Test
  void countsAreEqualAndContentsAreNot_theyAreDifferent() {
    upsert(own, 1, 1, 1);
    upsert(there, 1, 1, 2);

    var ended = verify();

    assertThat(ended.here().count()).isEqualTo(ended.there().count());
    assertThat(ended.state()).isEqualTo(State.DIFFERENT);
  }

  @Test
  void differenceIsOnItsWay_itDoesNotCount() {
    upsert(own, 1, 1, 1);
    upsert(own, 2, 1, 1);

    verifier.begin("B");
    assertThat(verifier.last("B").orElseThrow().differences()).hasSize(2);
    time.advance(Verifier.SETTLING);
    upsert(there, 1, 1, 1);
    upsert(own, 2, 2, 2);
    time.advance(Verifier.SETTLING.multipliedBy(2));

    var ended = verifier.last("B").orElseThrow();
    assertThat(ended.state()).as("one came, one has changed since").isEqualTo(State.EQUAL);
  }

  @Test
  void targetCannotBeRead_itIsGivenUpAndMayBeBegunAgain() {
    door.next(Call.HEADS, new Step.Refuse(new Unavailable("an agent is away")));

    var ended = verify();

    assertThat(ended.state()).isEqualTo(State.GIVEN_UP);
    assertThat(ended.trouble()).isEqualTo("an agent is away");
    assertThat(verify().state()).isEqualTo(State.EQUAL);
  }

  @Test
  void targetIsUnknown_nothingIsBegun() {
    assertThatThrownBy(() -> verifier.begin("C")).isInstanceOf(NotFound.class);
    assertThat(verifier.last("C")).isEmpty();
  }

  private Verification verify() {
    verifier.begin("B");
    time.advance(Verifier.SETTLING.multipliedBy(3));
    return verifier.last("B").orElseThrow();
  }

  private InMemoryVectorStore store(int site) {
    return new InMemoryVectorStore(
        "store " + site, new VectorSpace(2, Metric.L2), new WriterNumber(site, 0), time);
  }

  private static void upsert(InMemoryVectorStore store, int id, int timestamp, int content) {
    store.apply(
        new Mutation.Upsert(new VectorId("id-" + id), Vector.of(content, 1), at(timestamp)),
        CallContext.UNBOUNDED);
  }

  private static void remove(InMemoryVectorStore store, int id, int timestamp) {
    store.apply(
        new Mutation.Remove(new VectorId("id-" + id), at(timestamp)), CallContext.UNBOUNDED);
  }

  private static WriteTime at(int timestamp) {
    return WriteTime.ofClient(new Timestamp(timestamp));
  }
}
