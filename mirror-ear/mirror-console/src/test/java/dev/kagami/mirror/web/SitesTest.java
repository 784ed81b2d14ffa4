package dev.kagami.mirror.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.mirror.console.TargetView;
import dev.kagami.mirror.console.VerificationView;
import dev.kagami.mirror.mesh.MirrorTarget.Desired;
import dev.kagami.mirror.mesh.MirrorTarget.Source;
import dev.kagami.mirror.mesh.Standing;
import dev.kagami.mirror.mesh.TargetPhase;
import dev.kagami.transport.client.Address;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SitesTest {

  @Test
  void noTargets_writesStayHere() {
    assertThat(Sites.verdict(List.of(target(Desired.REMOVED, TargetPhase.DISCONNECTED))))
        .contains("nobody");
  }

  @Test
  void allConnected_isSaid() {
    assertThat(
            Sites.verdict(
                List.of(
                    target(Desired.PRESENT, TargetPhase.CONNECTED),
                    target(Desired.REMOVED, TargetPhase.DISCONNECTED))))
        .contains("Every target is connected");
  }

  @Test
  void oneMissing_saysThatItIsBroughtWhatItMisses() {
    assertThat(
            Sites.verdict(
                List.of(
                    target(Desired.PRESENT, TargetPhase.CONNECTED),
                    target(Desired.PRESENT, TargetPhase.UNKNOWN))))
        .startsWith("1 of 2 targets")
        .contains("what it misses");
  }

  @Test
  void row_namesPhaseAndColour() {
    var row = TargetRow.of(target(Desired.PRESENT, TargetPhase.DISCONNECTED));

    assertThat(row.phase()).isEqualTo("disconnected");
    assertThat(row.severity()).isEqualTo("danger");
    assertThat(row.site()).isEqualTo("B");
    assertThat(row.since()).isEqualTo("2026-01-02 03:04:05 UTC");
    assertThat(row.sources()).isEqualTo("static, register");
  }

  @Test
  void removedRow_isShownAsRemoved() {
    assertThat(TargetRow.of(target(Desired.REMOVED, TargetPhase.DISCONNECTED)).phase())
        .isEqualTo("removed");
  }

  private static TargetView target(Desired desired, TargetPhase phase) {
    return new TargetView(
        new Address("127.0.0.1", 18181),
        Optional.of("B"),
        List.of(Source.STATIC, Source.REGISTER),
        desired,
        desired == Desired.PRESENT ? Standing.MEMBER : Standing.REDUNDANT,
        phase,
        "because",
        Instant.parse("2026-01-02T03:04:05Z"),
        Optional.empty(),
        VerificationView.NONE);
  }
}
