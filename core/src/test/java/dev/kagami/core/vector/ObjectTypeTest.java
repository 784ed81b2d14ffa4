package dev.kagami.core.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.core.error.ValdException.InvalidArgument;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ObjectTypeTest {

  @ParameterizedTest
  @CsvSource({
    "Float, FLOAT",
    "fp32, FLOAT",
    "double, FLOAT",
    "float-16, FLOAT16",
    "half_float, FLOAT16",
    "hf, FLOAT16",
    "UINT8, UINT8",
    "u8, UINT8"
  })
  void spelling_isUnderstood(String text, ObjectType type) {
    assertThat(ObjectType.parse(text)).isEqualTo(type);
  }

  @ParameterizedTest
  @EnumSource
  void ownSpelling_isUnderstoodWhateverTheCase(ObjectType type) {
    assertThat(ObjectType.parse(type.spelling().toUpperCase(Locale.ROOT))).isEqualTo(type);
  }

  @Test
  void unknownType_isRefusedNamingAllKnownOnes() {
    assertThatThrownBy(() -> ObjectType.parse("int4"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown object type 'int4'; known are float, float16, uint8");
  }

  @ParameterizedTest
  @EnumSource
  void componentsAreOfTheType_theirBitsAreKept(ObjectType type) {
    var vector = Vector.of(0, 1, 3, 128, 255);

    assertThat(type.hold(vector)).isEqualTo(vector);
  }

  @Test
  void everyHalf_isKeptBitForBitAndWhatLiesBetweenTwoIsRounded() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float half = Float.float16ToFloat((short) bits);
      if (Float.isFinite(half)) {
        assertThat(ObjectType.FLOAT16.hold(Vector.of(half))).isEqualTo(Vector.of(half));
      }
    }

    assertThat(ObjectType.FLOAT16.hold(Vector.of(0.1f, 2049, 2051, 65_519, 1e-9f, -0.0f)))
        .isEqualTo(Vector.of(0.099975586f, 2048, 2052, 65_504, 0, -0.0f));
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT, NaN, finite numbers",
    "FLOAT, Infinity, finite numbers",
    "FLOAT16, NaN, numbers from -65504 to 65504",
    "FLOAT16, -65520, numbers from -65504 to 65504",
    "UINT8, -1, integers from 0 to 255",
    "UINT8, 256, integers from 0 to 255",
    "UINT8, 0.5, integers from 0 to 255",
    "UINT8, NaN, integers from 0 to 255",
    "UINT8, Infinity, integers from 0 to 255"
  })
  void componentIsNotOfTheType_refusedNamingItsPositionAndWhatIs(
      ObjectType type, float bad, String allowed) {
    assertThatThrownBy(() -> type.hold(Vector.of(1, bad)))
        .isInstanceOf(InvalidArgument.class)
        .hasMessage("component 1 is %s; only %s can be kept", bad, allowed);
  }
}
