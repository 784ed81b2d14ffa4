package dev.kagami.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.cli.CommandFailure;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class SettingsOptionsTest {

  @Test
  void newCluster_takesDefaultsForWhatIsLeftOut() {
    var settings = options("--agents", "3", "--metric", "l2").over(Optional.empty());

    assertThat(settings.topology()).isEqualTo(new Topology(2, 3, 1, false));
    assertThat(settings.space()).isEqualTo(new Space(100, "l2"));
    assertThat(settings.basePort()).isEqualTo(18080);
  }

  @Test
  void existingCluster_keepsItsSettingsWhenNoneAreGiven() {
    var existing = Settings.inProcesses(3, 2, 20000);

    assertThat(options().over(Optional.of(existing))).isEqualTo(existing);
  }

  @Test
  void existingCluster_acceptsTheSameSettingsAgain() {
    var existing = Settings.inProcesses(3, 2, 20000);

    var settings = options("--sites", "3", "--processes", "--metric", "L2");

    assertThat(settings.over(Optional.of(existing))).isEqualTo(existing);
  }

  @Test
  void existingCluster_refusesOtherSettingsAndNamesEach() {
    var existing = Optional.of(Settings.with(2, 2, 20000));

    var settings = options("--dimension", "128", "--processes", "--agents", "2");

    assertThatThrownBy(() -> settings.over(existing))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("--dimension is 4, not 128")
        .hasMessageContaining("--processes is false, not true")
        .hasMessageNotContaining("--agents");
  }

  @Test
  void existingCluster_mayGetAnotherHeap() {
    var existing = Optional.of(Settings.with(2, 2, 20000));

    assertThat(options("--heap", "2g").over(existing).heap()).isEqualTo("2g");
  }

  private static SettingsOptions options(String... arguments) {
    var holder = new Holder();
    new CommandLine(holder).parseArgs(arguments);
    return holder.settings;
  }

  @Command
  private static final class Holder {
    @Mixin private SettingsOptions settings;
  }
}
