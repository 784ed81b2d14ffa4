package dev.kagami.core.digest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values are those of the reference implementation, by its binding python-xxhash. */
class Xxh64Test {

  @ParameterizedTest
  @CsvSource({
    "'', ef46db3751d8e999",
    "a, d24ec4f1a98c6e5b",
    "abc, 44bc2cf5ad770999",
    "\u00e9\ud83d\ude80, d28e70b904869d6b"
  })
  void text_hashesAsItsUtf8(String text, String expected) {
    assertThat(Long.toHexString(Xxh64.hash(text))).isEqualTo(expected);
  }

  /** Lengths around each of the algorithm's steps: 1, 4, 8 and 32 bytes. Byte i is 31 i + 7. */
  @ParameterizedTest
  @CsvSource({
    "0, ef46db3751d8e999",
    "1, a96c7f0ce858bbb7",
    "3, 56e6957632a487f9",
    "4, c60d15b1e3ff8f04",
    "5, 808815858624dd4e",
    "7, afbefc3d6c6f9a8e",
    "8, 3da5c7aa269683e0",
    "9, 4b17a9ba9e215c09",
    "11, 1fc070e44716bd8e",
    "12, 8fe8ab1c1fd0666e",
    "13, 0382284cc19c4abb",
    "16, a19ad429b02bc413",
    "31, 4a74f3a1a39ad4a1",
    "32, 8d57d6a4671cc43d",
    "33, 62c9fd21ed857664",
    "36, a4475c606b0abc3c",
    "39, 1789542489e59cc4",
    "40, 49b45332e280f187",
    "63, 5c320a0d2707057f",
    "64, 7bbabbc45729d17e",
    "65, f3980c34bae65dc1",
    "100, efa0ad2d3e70c151",
    "127, 4822f4e67f60ea91",
    "128, 725a5b9b3bedfe94",
    "1000, 99594f4828043d35",
    "4096, e21174be82dc78d9"
  })
  void bytes_hashAsInTheReference(int length, String expected) {
    var bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (31 * i + 7);
    }

    assertThat("%016x".formatted(Xxh64.hash(bytes))).isEqualTo(expected);
  }

  @Test
  void floats_hashAsTheirLittleEndianBits() {
    var floats = new float[] {0.0f, -0.0f, 1.5f, Float.MIN_VALUE};

    assertThat(Long.toHexString(Xxh64.hash(floats))).isEqualTo("1e36f80cf6d29ce1");
  }
}
