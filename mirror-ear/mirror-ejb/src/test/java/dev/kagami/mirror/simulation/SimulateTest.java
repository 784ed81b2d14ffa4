package dev.kagami.mirror.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.mirror.replication.Mode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulateTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void rightMechanism_everyLawHoldsInEachRun() {
    assertThat(run("--sites 4 --seed 7 --runs 2 --writes 50 --faults 2")).isZero();

    assertThat(text().lines())
        .satisfiesExactly(
            seven -> assertThat(seven).startsWith("seed 7: every law holds (trace "),
            eight -> assertThat(eight).startsWith("seed 8: every law holds (trace "));
  }

  @Test
  void kindsOfFaults_onlyTheseHappen() {
    var size = new Script.Size(3, Mode.CONNECTED, 50, 5, Faults.parse("40,removal,full-journal"));

    assertThat(Script.random(1, size).steps())
        .filteredOn(Step.Fault.class::isInstance)
        .hasSize(40)
        .hasOnlyElementsOfTypes(Step.Fault.Removal.class, Step.Fault.FullJournal.class);
    assertThat(run("--runs 1 --writes 50 --faults 3,removal,full-journal")).isZero();
  }

  @Test
  void wrongMechanism_theLawAndTheShortestScriptAreTold() {
    assertThat(run("--seed 1 --writes 400 --faults 12 --variant no_void_marks")).isEqualTo(1);

    assertThat(text()).contains("seed 1: law", "shortest: law", "Write[at=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--site 3", "--sites", "--sites 1", "--mode most", "--seed x", "--faults rain"})
  void wrongOption_isAMistake(String line) {
    assertThat(run(line)).isEqualTo(2);

    assertThat(text()).startsWith("kagami: ").contains("Usage: kagami simulate");
  }

  private int run(String line) {
    var log = Logger.getLogger("dev.kagami.mirror");
    var before = log.getLevel();
    log.setLevel(Level.OFF);
    try {
      return Simulate.run(List.of(line.split(" ")), new PrintStream(out, true, UTF_8));
    } finally {
      log.setLevel(before);
    }
  }

  private String text() {
    return out.toString(UTF_8);
  }
}
