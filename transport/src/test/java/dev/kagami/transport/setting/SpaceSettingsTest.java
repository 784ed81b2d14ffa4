package dev.kagami.transport.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.ObjectType;
import dev.kagami.core.vector.VectorSpace;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpaceSettingsTest {
  private final Map<String, String> settings =
      new HashMap<>(Map.of("kagami.dimension", "64", "kagami.distance", "l2"));

  @Test
  void typeIsNotSet_itIsFloat() {
    assertThat(read()).isEqualTo(new VectorSpace(64, Metric.L2));
  }

  @Test
  void everythingIsSet_itIsTaken() {
    settings.put("kagami.distance", "Hamming");
    settings.put("kagami.object-type", "u8");

    assertThat(read()).isEqualTo(new VectorSpace(64, Metric.HAMMING, ObjectType.UINT8));
  }

  @ParameterizedTest
  @CsvSource({
    "kagami.dimension, 1, 2 to 65536",
    "kagami.distance, sparsejaccard, known are l1",
    "kagami.object-type, int4, 'known are float, float16, uint8'"
  })
  void settingIsBad_messageHasNameValueAndWhatIsAllowed(String name, String bad, String allowed) {
    settings.put(name, bad);

    assertThatThrownBy(this::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(bad)
        .hasMessageContaining(allowed);
  }

  @Test
  void typeDoesNotFitTheDistance_messageSaysWhatToSet() {
    settings.put("kagami.distance", "hamming");

    assertThatThrownBy(this::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "kagami.object-type is 'float': distance hamming compares bits, so the object type must"
                + " be uint8, not float; set that, or another distance; give one that fits"
                + " kagami.distance");
  }

  private VectorSpace read() {
    return SpaceSettings.read(name -> Optional.ofNullable(settings.get(name)));
  }
}
