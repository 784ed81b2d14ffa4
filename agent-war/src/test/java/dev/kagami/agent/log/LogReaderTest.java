package dev.kagami.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as crashes and bad disks leave them. Entry 1 begins the log, records follow from 2 on. */
class LogReaderTest {
  private static final int FILE_BYTES = 4096;

  /** What a journal puts between two frames. */
  private static final byte[] BETWEEN = {1, 2, 3};

  @TempDir private Path folder;

  private final List<LogRecord> records = new ArrayList<>();
  private final LogReader reader = new LogReader(0, (_, record) -> records.add(record));

  @Test
  void filesAreSound_allIsRead() {
    read(file(begun(1), change(2, 1), change(3, 2)), file(change(4, 3), ended(5, 4)));

    assertThat(records).isEqualTo(recordsFrom2To(4));
    assertThat(reader.next()).isEqualTo(6);
    assertThat(reader.damages()).isEmpty();
    assertThat(reader.tornEnds()).isEmpty();
  }

  @Test
  void nothingIsThere_nothingIsRead() {
    reader.end(List.of());

    assertThat(reader.next()).isEqualTo(1);
    assertThat(reader.damages()).isEmpty();
  }

  @Test
  void lastBatchIsCutAtAnyByte_whatIsWholeIsRead() {
    byte[] whole = bytes(begun(1), change(2, 1), change(3, 1), change(4, 1));
    int begun = bytes(begun(1)).length;
    for (int cut = begun; cut < whole.length; cut++) {
      var fresh = new LogReader(0, (_, record) -> records.add(record));
      records.clear();

      readInto(fresh, List.of(write(Arrays.copyOf(whole, cut), FILE_BYTES)));

      assertThat(fresh.damages()).as("cut at " + cut).isEmpty();
      assertThat(records).isEqualTo(recordsFrom2To((int) fresh.next() - 1));
    }
  }

  @Test
  void unfinishedBatchHasAHole_whatFollowsTheHoleIsDropped() {
    read(file(begun(1), change(2, 1), change(4, 2), change(5, 2)));

    assertThat(records).isEqualTo(recordsFrom2To(2));
    assertThat(reader.next()).isEqualTo(3);
    assertThat(reader.damages()).isEmpty();
    assertThat(reader.tornEnds()).hasSize(1).first().asString().contains("from 3 on");
  }

  @Test
  void acknowledgedEntryIsMissing_isDamageThatNamesTheFile() {
    read(file(begun(1), change(2, 1)), file(change(4, 3), change(5, 4)));

    assertThat(reader.damages())
        .singleElement()
        .asString()
        .contains("entries 3 to 3", "0.jnl after byte");
    assertThat(records)
        .as("what is sound is read all the same")
        .containsExactly(Records.number(2), Records.number(4), Records.number(5));
  }

  @Test
  void anyByteOfAnAcknowledgedEntryIsFlipped_isDamageThatNamesThePlace() {
    int from = bytes(begun(1), change(2, 1)).length + BETWEEN.length;
    int to = bytes(begun(1), change(2, 1), change(3, 2)).length;
    byte[] whole = bytes(begun(1), change(2, 1), change(3, 2), change(4, 3));
    for (int at = from; at < to; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 0x10;
      var fresh = new LogReader(0, (_, _) -> {});
      var file = write(flipped, FILE_BYTES);

      readInto(fresh, List.of(file));

      assertThat(fresh.damages()).as("byte " + at).singleElement().asString().contains("3 to 3");
      assertThat(fresh.damages()).first().asString().contains(file.toString());
    }
  }

  @Test
  void closingEntryFollows_theLastRecordIsGuardedToo() {
    byte[] whole = bytes(begun(1), change(2, 1), ended(3, 2));
    whole[bytes(begun(1), change(2, 1)).length - 1] ^= 1;

    readInto(reader, List.of(write(whole, FILE_BYTES)));

    assertThat(reader.damages()).hasSize(1);
  }

  @Test
  void fileWithRecordsIsShorterThanMade_isDamage() {
    var file = write(bytes(begun(1), change(2, 1)), FILE_BYTES - 1);

    readInto(reader, List.of(file));

    assertThat(reader.damages()).singleElement().asString().contains(file.toString(), "4095");
    assertThat(records).hasSize(1);
  }

  @Test
  void wholeFileInTheMiddleIsCut_isDamage() {
    read(file(begun(1), change(2, 1)), write(new byte[0], 0), file(change(5, 4)));

    assertThat(reader.damages()).singleElement().asString().contains("entries 3 to 4");
  }

  @Test
  void newGenerationFollowsATornEnd_theTornEndStaysDropped() {
    read(file(begun(1), change(2, 1), change(4, 2)), file(begun(3), change(4, 3), change(5, 4)));

    assertThat(records).containsExactly(Records.number(2), Records.number(4), Records.number(5));
    assertThat(reader.damages()).isEmpty();
    assertThat(reader.next()).isEqualTo(6);
  }

  @Test
  void olderGenerationLacksItsLastEntry_isDamage() {
    read(file(begun(1), change(2, 1)), file(begun(4), change(5, 4)));

    assertThat(reader.damages()).singleElement().asString().contains("entries 3 to 3");
  }

  @Test
  void beginningIsDamaged_isDamage() {
    byte[] whole = bytes(begun(1), change(2, 1));
    whole[20] ^= 1;

    readInto(reader, List.of(write(whole, FILE_BYTES)));

    assertThat(reader.damages()).singleElement().asString().contains("entries 1 to 1");
  }

  @Test
  void generationWasContinued_allIsRead() {
    read(file(begun(1), change(2, 1)), file(continued(3, 1), change(4, 2)));

    assertThat(records).containsExactly(Records.number(2), Records.number(4));
    assertThat(reader.damages()).isEmpty();
    assertThat(reader.next()).isEqualTo(5);
  }

  @Test
  void olderGenerationLostItsEndInACrash_allThatContinuedItIsDropped() {
    read(file(begun(1), change(2, 1)), file(continued(5, 2), change(6, 2)));

    assertThat(records).containsExactly(Records.number(2));
    assertThat(reader.damages()).isEmpty();
    assertThat(reader.tornEnds()).singleElement().asString().contains("from 3 on");
    assertThat(reader.next()).isEqualTo(3);
  }

  @Test
  void startFollowsWhatWasDropped_itStaysDropped() {
    read(
        file(begun(1), change(2, 1)),
        file(continued(5, 2), change(6, 2)),
        file(begun(3), change(4, 3)));

    assertThat(records).containsExactly(Records.number(2), Records.number(4));
    assertThat(reader.damages()).isEmpty();
    assertThat(reader.next()).isEqualTo(5);
  }

  @Test
  void olderGenerationLostWhatWasAcknowledged_isDamage() {
    read(file(begun(1), change(2, 1)), file(continued(5, 2), change(6, 5)));

    assertThat(reader.damages()).singleElement().asString().contains("entries 3 to 4");
    assertThat(records).containsExactly(Records.number(2), Records.number(6));
  }

  @Test
  void beginningIsCovered_itIsNeitherToldNorMissed() {
    var after = new LogReader(4, (_, record) -> records.add(record));

    readInto(after, List.of(file(continued(5, 4), change(6, 5)), file(begun(7), change(8, 7))));

    assertThat(records).containsExactly(Records.number(6), Records.number(8));
    assertThat(after.damages()).isEmpty();
    assertThat(after.next()).isEqualTo(9);
  }

  @Test
  void moreThanTheBeginningIsGone_isDamage() {
    var after = new LogReader(2, (_, record) -> records.add(record));

    readInto(after, List.of(file(continued(5, 4), change(6, 5))));

    assertThat(after.damages()).singleElement().asString().contains("entries 3 to 4");
  }

  @Test
  void coveredEntriesAreStillThere_theyAreNotTold() {
    var after = new LogReader(3, (_, record) -> records.add(record));

    readInto(after, List.of(file(begun(1), change(2, 1), change(3, 2), change(4, 3))));

    assertThat(records).containsExactly(Records.number(4));
    assertThat(after.damages()).isEmpty();
  }

  private static LogFrame continued(long seq, long durable) {
    return new LogFrame(seq, durable, new LogEntry.Continued(seq, FILE_BYTES));
  }

  private static LogFrame begun(long seq) {
    return new LogFrame(seq, seq - 1, new LogEntry.Begun(seq, FILE_BYTES));
  }

  private static LogFrame change(int seq, long durable) {
    return new LogFrame(seq, durable, new LogEntry.Change(Records.number(seq)));
  }

  private static LogFrame ended(long seq, long durable) {
    return new LogFrame(seq, durable, new LogEntry.Ended());
  }

  private static List<LogRecord> recordsFrom2To(int last) {
    return IntStream.rangeClosed(2, last).mapToObj(Records::number).toList();
  }

  private static byte[] bytes(LogFrame... frames) {
    var bytes = new ByteArrayOutputStream();
    for (var frame : frames) {
      bytes.writeBytes(BETWEEN);
      bytes.writeBytes(frame.encode());
    }
    return bytes.toByteArray();
  }

  private Path file(LogFrame... frames) {
    return write(bytes(frames), FILE_BYTES);
  }

  private Path write(byte[] bytes, int length) {
    try {
      var count = folder.toFile().list().length;
      return Files.write(folder.resolve(count + ".jnl"), Arrays.copyOf(bytes, length));
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private void read(Path... files) {
    readInto(reader, List.of(files));
  }

  private static void readInto(LogReader reader, List<Path> files) {
    var extents = new ArrayList<LogFile.Extent>();
    for (var file : files) {
      try {
        extents.add(new LogFile(file).read(reader));
      } catch (IOException error) {
        throw new UncheckedIOException(error);
      }
    }
    reader.end(extents);
  }
}
