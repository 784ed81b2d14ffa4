package dev.kagami.gateway.placement;

import static dev.kagami.gateway.placement.Answers.answer;
import static dev.kagami.gateway.placement.Answers.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.vector.VectorId;
import dev.kagami.gateway.placement.Agent.Drain;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Agents are away for long, or leave for good. */
class LeavingAgentsTest extends ChangingAgents {
  @Test
  void agentIsGivenUp_whatItHeldIsCopiedAgain() {
    come("agent-3");
    time.advance(Duration.ofSeconds(3));
    ids().limit(5).forEach(id -> answer(remove(id)));
    go("agent-1");

    assertThat(pool.forget("agent-1")).isTrue();
    time.advance(Duration.ofSeconds(3));

    assertEachIdIsAtItsHolders("agent-2", "agent-3");
    assertThat(hits()).as("nothing removed comes back").hasSize(IDS - 5);
  }

  @Test
  void agentIsAwayForLong_othersGetCopiesOfWhatItHeld() {
    come("agent-3");
    time.advance(Duration.ofSeconds(3));
    go("agent-1");

    time.advance(CorrectionSettings.USUAL.lostAfter().plusSeconds(3));

    assertEachIdIsAtItsHolders("agent-2", "agent-3");
    come("agent-1");
    time.advance(Duration.ofSeconds(3));
    assertEachIdIsAtItsHolders("agent-1", "agent-2", "agent-3");
  }

  @Test
  void agentIsDrained_whatItHeldIsElsewhereAndItMayGo() {
    come("agent-3");
    time.advance(Duration.ofSeconds(3));
    var leaving = pool.agent("agent-1").orElseThrow();

    assertThat(gateway.drain("agent-1")).isEmpty();
    assertThat(leaving.drain()).isEqualTo(Drain.RUNNING);
    time.advance(Duration.ofSeconds(3));

    assertThat(leaving.drain()).isEqualTo(Drain.DONE);
    assertEachIdIsAtItsHolders("agent-2", "agent-3");
    assertThat(pool.forget("agent-1")).as("it still answers").isFalse();
    nodes.get("agent-1").isDown();
    time.advance(AgentPool.INTERVAL);
    assertThat(pool.forget("agent-1")).isTrue();
    ids().forEach(id -> assertThat(read(id)).isPresent());
    answer(update(new VectorId("id-1"), 5));
  }

  @Test
  void drainedAgentStaysAfterAll_getsItsShareAgain() {
    come("agent-3");
    time.advance(Duration.ofSeconds(3));
    assertThat(gateway.drain("agent-1")).isEmpty();
    time.advance(Duration.ofSeconds(3));
    answer(insert(new VectorId("meanwhile"), 0));
    assertThat(stores.get("agent-1").contents()).doesNotContainKey(new VectorId("meanwhile"));

    assertThat(gateway.keep("agent-1")).isTrue();
    time.advance(Duration.ofSeconds(3));

    assertThat(pool.agent("agent-1").orElseThrow().drain()).isEqualTo(Drain.NONE);
    assertEachIdIsAtItsHolders("agent-1", "agent-2", "agent-3");
  }

  @Test
  void tooFewAgentsWouldBeLeft_noneIsDrained() {
    assertThat(gateway.drain("agent-1").orElseThrow()).contains("only 1 agents would be left");
    assertThat(gateway.drain("unknown").orElseThrow()).contains("no agent unknown");
    assertThat(gateway.keep("unknown")).isFalse();
    assertThat(pool.agent("agent-1").orElseThrow().drain()).isEqualTo(Drain.NONE);
  }

  @Test
  void asManyAgentsAsCopiesAreGone_writesAreRefusedAndNothingIsBelievedAbsent() {
    come("agent-3");
    come("agent-4");
    go("agent-3");
    go("agent-4");

    assertThat(failure(update(new VectorId("id-1"), 5)).code()).isEqualTo(Code.UNAVAILABLE);
    var unknown = gateway.find(new VectorId("unknown"), CallContext.UNBOUNDED);
    assertThat(failure(unknown).code()).isEqualTo(Code.UNAVAILABLE);

    assertThat(pool.forget("agent-3")).isTrue();
    answer(update(new VectorId("id-1"), 5));
    assertThat(read(new VectorId("unknown"))).isEmpty();
    assertThat(pool.forget("agent-1")).as("it is there").isFalse();
  }

  @Test
  void onlyAnAgentWithOldCopiesIsLeft_isNotBelieved() {
    come("agent-3");
    time.advance(Duration.ofSeconds(3));
    go("agent-1");
    ids().forEach(id -> answer(remove(id)));
    go("agent-2");
    go("agent-3");

    come("agent-1");
    time.advance(Duration.ofSeconds(3));

    assertThat(stores.get("agent-1").contents().values())
        .anySatisfy(kept -> assertThat(kept.visible()).isPresent());
    ids()
        .forEach(id -> {
          var error = failure(gateway.find(id, CallContext.UNBOUNDED));
          assertThat(error.code()).isEqualTo(Code.UNAVAILABLE);
          assertThat(error).hasMessageContaining("agent-2").hasMessageContaining("is not used");
        });
  }
}
