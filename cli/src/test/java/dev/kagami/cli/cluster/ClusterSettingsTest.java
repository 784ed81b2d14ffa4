package dev.kagami.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.cli.CommandFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterSettingsTest {

  @ParameterizedTest(name = "{0} sites, {1} agents, {2} replicas")
  @CsvSource({
    "0, 1, 1, --sites must be 1 to 26",
    "27, 1, 1, --sites must be 1 to 26",
    "1, 0, 1, --agents must be 1 to 20",
    "1, 21, 1, --agents must be 1 to 20",
    "1, 2, 0, --replicas 0 is impossible",
    "1, 2, 3, --replicas 3 is impossible",
  })
  void impossibleTopology_isRefusedByTheNameOfItsOption(
      int sites, int agents, int replicas, String message) {
    assertThatThrownBy(() -> new Topology(sites, agents, replicas, false))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest(name = "{0} dimensions, {1}")
  @CsvSource({
    "1, l2, --dimension must be 2 to 65536",
    "65537, l2, --dimension must be 2 to 65536",
    "100, hamming, --metric hamming is unknown",
  })
  void impossibleSpace_isRefusedByTheNameOfItsOption(int dimension, String metric, String message) {
    assertThatThrownBy(() -> new Space(dimension, metric))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(message);
  }

  @Test
  void metric_isReadWhateverItsCaseAndSeparators() {
    assertThat(new Space(100, "Normalized-Cosine").metric()).isEqualTo("normalizedcosine");
  }

  @ParameterizedTest(name = "base port {0} with 2 sites")
  @CsvSource({"1023, false", "1024, true", "65385, true", "65386, false"})
  void basePort_mustLeaveRoomForEverySite(int basePort, boolean possible) {
    var attempt =
        org.assertj.core.api.Assertions.catchThrowable(() -> Settings.with(2, 1, basePort));

    assertThat(attempt == null).isEqualTo(possible);
  }

  @Test
  void heapThatIsNoSize_isRefused() {
    var good = ClusterSettings.DEFAULTS;

    assertThatThrownBy(() -> new ClusterSettings(good.topology(), good.space(), 18080, "much"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("--heap");
  }

  @Test
  void optionsOfSettings_giveTheSameSettingsAgain() {
    var settings = Settings.inProcesses(3, 2, 20000);

    assertThat(ClusterSettings.fromOptions(settings.toOptions())).isEqualTo(settings);
  }
}
