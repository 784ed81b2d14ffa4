package dev.kagami.agent.checkpoint;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.search.DocIdSetIterator;

/**
 * The segments of a checkpoint, read in sequence. One that is damaged does not keep the others from
 * being read. Not thread-safe.
 */
final class SavedSegments {
  private static final Logger LOGGER = System.getLogger(SavedSegments.class.getName());
  private static final int FIRST = 1024;

  private final DirectoryReader reader;
  private final Consumer<IOException> damaged;

  /** Work on a segment's files. */
  @FunctionalInterface
  private interface SegmentTask {
    void run(LeafReader segment) throws IOException;
  }

  /**
   * @param damaged is told what cannot be read
   */
  SavedSegments(DirectoryReader reader, Consumer<IOException> damaged) {
    this.reader = reader;
    this.damaged = damaged;
  }

  /** The origins of all vectors, ascending. */
  long[] origins() {
    var all = new Numbers();
    forEach(segment -> {
      var live = segment.getLiveDocs();
      var origins = DocValues.getNumeric(segment, SavedDocument.ORIGIN);
      for (int document = origins.nextDoc();
          document != DocIdSetIterator.NO_MORE_DOCS;
          document = origins.nextDoc()) {
        if (live == null || live.get(document)) {
          all.add(origins.longValue());
        }
      }
    });
    return all.ascending();
  }

  /** Tells {@code target} all documents, once their segment's checksums are proved. */
  void read(Checkpoints.Reader target) {
    forEach(segment -> {
      ((CodecReader) segment).checkIntegrity();
      var live = segment.getLiveDocs();
      var cursor = new SavedDocument.Cursor(segment);
      for (int document = 0; document < segment.maxDoc(); document++) {
        if (live == null || live.get(document)) {
          cursor.read(document, target);
        }
      }
    });
  }

  private void forEach(SegmentTask task) {
    for (var leaf : reader.leaves()) {
      try {
        task.run(leaf.reader());
      } catch (IOException damage) {
        damaged.accept(damage);
      }
    }
  }

  void close() {
    try {
      reader.close();
    } catch (IOException error) {
      LOGGER.log(Level.WARNING, "A checkpoint was not closed in order", error);
    }
  }

  /** Numbers in an array that grows. */
  private static final class Numbers {
    private long[] numbers = new long[FIRST];
    private int count;

    void add(long number) {
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * count);
      }
      numbers[count++] = number;
    }

    long[] ascending() {
      var all = Arrays.copyOf(numbers, count);
      Arrays.sort(all);
      return Arrays.stream(all).distinct().toArray();
    }
  }
}
