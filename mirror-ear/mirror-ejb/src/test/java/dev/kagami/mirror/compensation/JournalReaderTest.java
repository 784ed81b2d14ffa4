package dev.kagami.mirror.compensation;

import static dev.kagami.mirror.compensation.Entries.entry;
import static dev.kagami.mirror.compensation.Entries.stamp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal's files may have suffered, and what is then read, or not. */
class JournalReaderTest {
  private static final int ENTRIES = 5;

  /** How much of the unused file is read as well. */
  private static final int UNUSED = 256;

  /** A file as the library wrote it: the beginning, and each entry after the one before. */
  private static byte[] whole = {};

  @TempDir private Path directory;

  @BeforeAll
  static void write(@TempDir Path root) throws IOException {
    try (var executor =
        Executors.newCachedThreadPool(Thread.ofPlatform().name("journal-", 0).factory())) {
      var journal = ArtemisCompensationJournal.open(root, executor);
      for (int i = 1; i <= ENTRIES; i++) {
        journal.write(entry(i)).toCompletableFuture().join();
      }
      try (Stream<Path> files = Files.list(root.resolve("0000000001"))) {
        var bytes = Files.readAllBytes(files.sorted().findFirst().orElseThrow());
        whole = Arrays.copyOf(bytes, frameEnds(bytes).getLast() + UNUSED);
      }
      journal.close();
    }
  }

  @Test
  void fileIsWhole_allIsRead() throws IOException {
    assertThat(read(whole)).contains(contents(ENTRIES));
  }

  @Test
  void tailIsTornAtAnyByteOfTheLastRecord_theRestIsRead() throws IOException {
    var ends = frameEnds(whole);
    int last = ends.getLast();
    for (int cut = ends.get(ENTRIES - 1); cut < last; cut++) {
      var zeroed = whole.clone();
      Arrays.fill(zeroed, cut, zeroed.length, (byte) 0);
      var cutOff = Arrays.copyOf(whole, cut);

      assertThat(read(zeroed)).as("zeroed from byte " + cut).contains(contents(ENTRIES - 1));
      assertThat(read(cutOff)).as("cut off at byte " + cut).contains(contents(ENTRIES - 1));
    }
  }

  @Test
  void lastRecordHasAnyByteChanged_itIsReadRightOrNotAtAll() throws IOException {
    var ends = frameEnds(whole);
    for (int at = ends.get(ENTRIES - 1); at < ends.getLast(); at++) {
      assertThat(read(flipped(at)))
          .as("byte " + at)
          .isIn(Optional.of(contents(ENTRIES)), Optional.of(contents(ENTRIES - 1)));
    }
  }

  @Test
  void anyByteBeforeTheLastRecordIsChanged_allIsReadRightOrDamageIsTold() throws IOException {
    int end = frameEnds(whole).get(ENTRIES - 1);
    int told = 0;
    for (int at = 0; at < end; at++) {
      if (isDamageTold(flipped(at))) {
        told++;
      }
    }
    assertThat(told).as("of " + end + " bytes").isGreaterThan(end / 2);
  }

  @Test
  void blockBeforeTheLastRecordIsZeroed_allIsReadRightOrDamageIsTold() throws IOException {
    int end = frameEnds(whole).get(ENTRIES - 1);
    for (int at = 0; at + 64 < end; at++) {
      var zeroed = whole.clone();
      Arrays.fill(zeroed, at, at + 64, (byte) 0);
      isDamageTold(zeroed);
    }
  }

  @Test
  void laterRecordReachedTheDiskWithoutAnEarlierOne_bothAreDroppedIfNoneWasDurable()
      throws IOException {
    var begun = new JournalFrame(1, 0, new JournalItem.Begun(stamp(9), 0));
    var one = new JournalFrame(2, 1, new JournalItem.Entry(entry(1)));
    var three = new JournalFrame(4, 2, new JournalItem.Entry(entry(3)));

    assertThat(read(file(begun, one, three)).orElseThrow().entries()).containsExactly(entry(1));
  }

  @Test
  void recordIsMissingThatWasDurable_damageIsToldAndNamed() throws IOException {
    var begun = new JournalFrame(1, 0, new JournalItem.Begun(stamp(9), 0));
    var one = new JournalFrame(2, 1, new JournalItem.Entry(entry(1)));
    var three = new JournalFrame(4, 3, new JournalItem.Entry(entry(3)));

    assertThatThrownBy(() -> read(file(begun, one, three)))
        .isInstanceOf(JournalDamagedException.class)
        .hasMessageContaining("record 3 is missing or changed")
        .hasMessageContaining(directory.toString());
  }

  @Test
  void beginningWasNotDurable_theGenerationHasNotBegun() throws IOException {
    var begun = new JournalFrame(1, 0, new JournalItem.Begun(stamp(9), 2));
    var one = new JournalFrame(2, 0, new JournalItem.Entry(entry(1)));

    assertThat(read(file(begun, one))).isEmpty();
    assertThat(read(new byte[0])).isEmpty();
    assertThat(read(new byte[100_000])).isEmpty();
  }

  @Test
  void recordsAreSpreadOverFiles_allAreRead() throws IOException {
    var first =
        Files.write(
            directory.resolve("kagami-1.jnl"),
            file(
                new JournalFrame(1, 0, new JournalItem.Begun(stamp(9), 0)),
                new JournalFrame(2, 1, new JournalItem.Entry(entry(1)))));
    var second =
        Files.write(
            directory.resolve("kagami-2.jnl"),
            file(new JournalFrame(3, 2, new JournalItem.Entry(entry(2)))));

    assertThat(new JournalReader(directory, List.of(first, second)).read().orElseThrow().entries())
        .containsExactly(entry(1), entry(2));
    assertThatThrownBy(() -> new JournalReader(directory, List.of(second)).read())
        .isInstanceOf(JournalDamagedException.class);
  }

  /** Expects that all is read right if it is not. */
  private boolean isDamageTold(byte[] bytes) throws IOException {
    try {
      assertThat(read(bytes)).contains(contents(ENTRIES));
      return false;
    } catch (JournalDamagedException told) {
      return true;
    }
  }

  private Optional<CompensationJournal.Contents> read(byte[] bytes) throws IOException {
    var file = Files.write(directory.resolve("kagami-1.jnl"), bytes);
    return new JournalReader(directory, List.of(file)).read();
  }

  private static byte[] flipped(int at) {
    var changed = whole.clone();
    changed[at] ^= 0x10;
    return changed;
  }

  private static byte[] file(JournalFrame... frames) throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (var frame : frames) {
      bytes.write(new byte[23]);
      bytes.write(frame.encode());
    }
    bytes.write(new byte[512]);
    return bytes.toByteArray();
  }

  /** Where each frame ends. */
  private static List<Integer> frameEnds(byte[] bytes) {
    var ends = new ArrayList<Integer>();
    var buffer = ByteBuffer.wrap(bytes);
    var found = JournalFrame.next(buffer, 0);
    while (found.isPresent()) {
      ends.add(found.get().end());
      found = JournalFrame.next(buffer, found.get().end());
    }
    return ends;
  }

  private static CompensationJournal.Contents contents(int entries) {
    var all = Stream.iterate(1, i -> i + 1).limit(entries).map(Entries::entry).toList();
    return new CompensationJournal.Contents(all, stamp(entries));
  }
}
