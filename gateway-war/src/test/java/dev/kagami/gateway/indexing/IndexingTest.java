package dev.kagami.gateway.indexing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.error.ValdException.FailedPrecondition;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.IndexInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexingTest {
  private final ControlledScheduler time = new ControlledScheduler();
  private final Map<String, String> configured =
      new HashMap<>(Map.of("kagami.gateway.indexing.own", "true"));
  private boolean isFirst = true;
  private final List<String> told = new ArrayList<>();
  private final List<ScriptedAgent> agents =
      List.of(new ScriptedAgent("a"), new ScriptedAgent("b"), new ScriptedAgent("c"));

  private final class ScriptedAgent implements IndexedAgent {
    private final String name;
    private long uncommitted;
    private CompletionStage<Void> answer = CompletableFuture.completedStage(null);

    ScriptedAgent(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public CompletionStage<IndexInfo> info() {
      return CompletableFuture.completedStage(new IndexInfo(0, uncommitted, false, false));
    }

    @Override
    public CompletionStage<Void> createIndex(int poolSize) {
      told.add("create " + name + " " + poolSize);
      uncommitted = 0;
      return answer;
    }

    @Override
    public CompletionStage<Void> saveIndex() {
      told.add("save " + name);
      return answer;
    }
  }

  private Indexing started() {
    var settings = IndexingSettings.read(name -> Optional.ofNullable(configured.get(name)));
    var indexing = new Indexing(settings, () -> List.copyOf(agents), () -> isFirst, time);
    indexing.start();
    return indexing;
  }

  private void passMinutes(int minutes) {
    time.advance(Duration.ofMinutes(minutes));
  }

  @Test
  void anotherGatewayActs_nobodyIsToldUntilThatIsGone() {
    isFirst = false;
    agents.getFirst().uncommitted = 100;
    started();

    passMinutes(300);
    assertThat(told).isEmpty();
    isFirst = true;
    passMinutes(1);

    assertThat(told).contains("create a 16");
  }

  @Test
  void enoughIsUncommitted_isBuiltAtTheNextCheckAndSavedLater() {
    agents.get(0).uncommitted = 100;
    agents.get(1).uncommitted = 99;
    started();

    passMinutes(1);
    assertThat(told).containsExactly("create a 16");

    passMinutes(9);
    assertThat(told).containsExactly("create a 16", "save a");

    passMinutes(10);
    assertThat(told).as("saved once").hasSize(2);
  }

  @Test
  void littleIsUncommitted_isBuiltAtTheLimit() {
    agents.get(1).uncommitted = 1;
    started();

    passMinutes(29);
    assertThat(told).isEmpty();
    passMinutes(1);

    assertThat(told).as("the save that is due then comes after it").startsWith("create b 16");
  }

  @Test
  void threeHoursPass_allAreSaved() {
    started();

    passMinutes(180);

    assertThat(told).containsExactly("save a", "save b", "save c");
  }

  @Test
  void manyAreDue_oneAtATime() {
    agents.forEach(agent -> agent.uncommitted = 500);
    var gate = new CompletableFuture<Void>();
    agents.get(0).answer = gate;
    started();

    passMinutes(30);
    assertThat(told).as("also the rounds after it wait").containsExactly("create a 16");
    gate.complete(null);

    assertThat(told).containsExactly("create a 16", "create b 16", "create c 16");
  }

  @Test
  void moreAtATimeIsConfigured_isDoneSo() {
    configured.put("kagami.gateway.indexing.concurrency", "2");
    agents.forEach(agent -> agent.uncommitted = 500);
    agents.forEach(agent -> agent.answer = new CompletableFuture<>());
    started();

    passMinutes(1);

    assertThat(told).containsExactly("create a 16", "create b 16");
  }

  @Test
  void agentFails_theOthersGoOnAndItIsTriedAgain() {
    agents.forEach(agent -> agent.uncommitted = 500);
    agents.get(0).answer = CompletableFuture.failedStage(new Unavailable("away"));
    agents.get(1).answer = CompletableFuture.failedStage(new FailedPrecondition("nothing new"));
    started();

    passMinutes(1);
    assertThat(told).containsExactly("create a 16", "create b 16", "create c 16");
    agents.get(0).uncommitted = 500;
    agents.get(0).answer = CompletableFuture.completedStage(null);
    passMinutes(9);

    assertThat(told)
        .as("only who has built saves")
        .contains("create a 16", "save a", "save c")
        .doesNotContain("save b");
  }

  @Test
  void savingFails_isTriedAgain() {
    agents.get(0).uncommitted = 500;
    started();
    passMinutes(1);
    agents.get(0).answer = CompletableFuture.failedStage(new Unavailable("away"));
    passMinutes(9);
    agents.get(0).answer = CompletableFuture.completedStage(null);

    passMinutes(20);

    assertThat(told).containsExactly("create a 16", "save a", "save a");
  }

  @Test
  void nothingIsConfigured_nobodyIsTold() {
    configured.clear();
    started();

    assertThat(time.pending()).isZero();
  }

  @Test
  void closed_nobodyIsToldAnyMore() {
    agents.get(0).uncommitted = 500;
    started().close();

    passMinutes(200);

    assertThat(told).isEmpty();
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource({
    "own, yes, true or false",
    "addresses, 127.0.0.1, has no port",
    "length, 0, 1 to",
    "check.seconds, 0, 1 to",
    "concurrency, many, no number",
  })
  void settingIsBad_isNamed(String name, String value, String why) {
    var key = "kagami.gateway.indexing." + name;
    configured.put(key, value);

    assertThatIllegalArgumentException()
        .isThrownBy(this::started)
        .withMessageStartingWith(key + " is '" + value + "': ")
        .withMessageContaining(why);
  }
}
