package dev.kagami.cli.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kagami.cli.CommandFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vdaas.vald.api.v1.payload.Object.Vector;

class VectorSetTest {

  @TempDir private Path folder;

  @Test
  void sampleData_isTenThousandWordsOfOneHundredDimensions() throws IOException {
    var words = readAll(Path.of("..", "samples", "words.vectors"));

    assertThat(words).hasSize(10_000).allMatch(word -> word.getVectorCount() == 100);
    assertThat(new HashSet<>(words.stream().map(Vector::getId).toList())).hasSize(10_000);
    assertThat(words.getFirst().getId()).isEqualTo("the");
    // The first numbers of this word as GloVe publishes them.
    assertThat(words.getFirst().getVectorList().subList(0, 5))
        .containsExactly(-0.038194f, -0.24487f, 0.72812f, -0.39961f, 0.083172f);
    assertThat(words).extracting(Vector::getId).contains("coffee", "tea", "mirror");
    assertThat(words).noneMatch(word -> word.getVectorList().stream().allMatch(x -> x == 0));
  }

  @Test
  void numbers_keepTheirBits() throws IOException {
    var bits = new int[] {Float.floatToRawIntBits(-0.0f), 1, 0x7f7f_ffff};
    var file = write(set(1, 3, 1).array(), record("ü", bits));

    var read = readAll(file);

    assertThat(read).extracting(Vector::getId).containsExactly("ü");
    assertThat(read.getFirst().getVectorList().stream().mapToInt(Float::floatToRawIntBits))
        .containsExactly(-0x8000_0000, 1, 0x7f7f_ffff);
  }

  @Test
  void share_growsWithTheVectors() throws IOException {
    var file = write(set(1, 1, 2).array(), record("a", new int[1]), record("b", new int[1]));

    try (var vectors = VectorFile.open(file)) {
      var shares = new ArrayList<Double>();
      for (var next = vectors.next(); next.isPresent(); next = vectors.next()) {
        shares.add(vectors.share());
      }
      assertThat(shares).containsExactly(0.5, 1.0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 20, 21, 22, 23, 26})
  void cutFile_namesThePlace(int length) throws IOException {
    var whole = Files.readAllBytes(write(set(1, 1, 1).array(), record("a", new int[1])));
    var file = write(Arrays.copyOf(whole, length));

    assertThatThrownBy(() -> readAll(file))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("ends within vector 1");
  }

  @Test
  void moreThanCounted_isDamage() throws IOException {
    var file = write(set(1, 1, 1).array(), record("a", new int[1]), new byte[1]);

    assertThatThrownBy(() -> readAll(file)).hasMessageContaining("goes on after its 1 vectors");
  }

  @Test
  void otherFormatVersion_isRefused() throws IOException {
    var file = write(set(2, 1, 0).array());

    assertThatThrownBy(() -> readAll(file)).hasMessageContaining("format version 2");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65_537})
  void impossibleDimension_isRefused(int dimension) throws IOException {
    var file = write(set(1, dimension, 1).array());

    assertThatThrownBy(() -> readAll(file)).hasMessageContaining("dimensions");
  }

  @Test
  void noSuchFile_isToldByName() {
    assertThatThrownBy(() -> VectorFile.open(folder.resolve("nothing")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("nothing");
  }

  private static ByteBuffer set(int version, int dimension, int count) {
    return ByteBuffer.allocate(20)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(VectorSet.MAGIC)
        .putInt(version)
        .putInt(dimension)
        .putInt(count);
  }

  private static byte[] record(String id, int[] bits) {
    var utf8 = id.getBytes(StandardCharsets.UTF_8);
    var record = ByteBuffer.allocate(2 + utf8.length + 4 * bits.length);
    record.order(ByteOrder.LITTLE_ENDIAN).putShort((short) utf8.length).put(utf8);
    for (var number : bits) {
      record.putInt(number);
    }
    return record.array();
  }

  private Path write(byte[]... parts) throws IOException {
    var file = Files.createTempFile(folder, "set", ".vectors");
    try (var out = Files.newOutputStream(file)) {
      for (var part : parts) {
        out.write(part);
      }
    }
    return file;
  }

  private static List<Vector> readAll(Path file) throws IOException {
    try (var vectors = VectorFile.open(file)) {
      var all = new ArrayList<Vector>();
      for (var next = vectors.next(); next.isPresent(); next = vectors.next()) {
        all.add(next.get());
      }
      return all;
    }
  }
}
