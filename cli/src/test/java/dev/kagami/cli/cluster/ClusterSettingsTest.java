package dev.kagami.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.cli.WrongOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSettingsTest {

  @ParameterizedTest(name = "{0} sites, {1} agents, {2} replicas")
  @CsvSource({
    "0, 1, 1, --sites must be 1 to 26",
    "27, 1, 1, --sites must be 1 to 26",
    "1, 0, 1, --agents must be 1 to 20",
    "1, 21, 1, --agents must be 1 to 20",
    "1, 2, 0, --replicas must be 1 to 2",
    "1, 2, 3, --replicas must be 1 to 2",
  })
  void impossibleTopology_isRefusedByTheNameOfItsOption(
      int sites, int agents, int replicas, String message) {
    assertThatThrownBy(() -> new Topology(sites, agents, replicas, false))
        .isInstanceOf(WrongOption.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest(name = "{0} dimensions, {1}")
  @CsvSource({
    "1, l2, --dimension must be 2 to 65536",
    "65537, l2, --dimension must be 2 to 65536",
    "100, sparsejaccard, --metric must be one of l1",
    "100, hamming, --metric hamming compares bits: add --object-type uint8",
  })
  void impossibleSpace_isRefusedByTheNameOfItsOption(int dimension, String metric, String message) {
    assertThatThrownBy(() -> new Space(dimension, metric))
        .isInstanceOf(WrongOption.class)
        .hasMessageContaining(message);
  }

  @Test
  void bytes_canBeComparedBitByBit() {
    assertThat(new Space(100, "Jaccard", "UInt-8")).isEqualTo(new Space(100, "jaccard", "uint8"));
  }

  @Test
  void metric_isReadWhateverItsCaseAndSeparators() {
    assertThat(new Space(100, "Normalized-Cosine").metric()).isEqualTo("normalizedcosine");
  }

  @ParameterizedTest(name = "base port {0} with 2 sites")
  @CsvSource({"1023, false", "1024, true", "65385, true", "65386, false", "2147483647, false"})
  void basePort_mustLeaveRoomForEverySite(int basePort, boolean possible) {
    var attempt =
        org.assertj.core.api.Assertions.catchThrowable(() -> Settings.with(2, 1, basePort));

    assertThat(attempt == null).isEqualTo(possible);
  }

  @ParameterizedTest
  @ValueSource(strings = {"much", "1", "0g", "131071k", "127m", "-1g", "99999999999999999999g"})
  void heapThatIsNoSizeOrTooSmall_isRefused(String heap) {
    assertThatThrownBy(() -> with(heap))
        .isInstanceOf(WrongOption.class)
        .hasMessage("--heap must be 128m or more, like 512m or 2g, not " + heap + ".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"131072k", "128m", "1g", "2G"})
  void heapOfSomeSize_isTaken(String heap) {
    assertThat(with(heap).heap()).isEqualTo(heap);
  }

  private static ClusterSettings with(String heap) {
    var good = ClusterSettings.DEFAULTS;
    return new ClusterSettings(good.topology(), good.space(), 18080, heap);
  }

  @Test
  void optionsOfSettings_giveTheSameSettingsAgain() {
    var settings = Settings.inProcesses(3, 2, 20000);

    assertThat(ClusterSettings.fromOptions(settings.toOptions())).isEqualTo(settings);
  }
}
