package dev.kagami.agent.checkpoint;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;

/**
 * The segments of a checkpoint. One that is damaged does not keep the others from being read. Not
 * thread-safe.
 */
final class SavedSegments {
  private static final Logger LOGGER = System.getLogger(SavedSegments.class.getName());
  private static final int FIRST = 1024;

  /** Documents that one thread reads in a go. */
  private static final int PART = 1 << 15;

  private final DirectoryReader reader;
  private final Consumer<IOException> damaged;

  /** Work on a segment's files. */
  @FunctionalInterface
  private interface Task<T> {
    void run(T on) throws IOException;
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
  void read(Checkpoints.Reader target, Executor helpers) {
    var proved = new ConcurrentLinkedQueue<LeafReader>();
    var segments = reader.leaves().stream().map(LeafReaderContext::reader).toList();
    shared(
        segments,
        helpers,
        segment -> {
          ((CodecReader) segment).checkIntegrity();
          proved.add(segment);
        });
    var parts = proved.stream().flatMap(SavedSegments::parts).toList();
    shared(parts, helpers, part -> part.read(target));
  }

  /** Some documents of a segment, {@code [from, to)}. */
  private record Part(LeafReader segment, int from, int to) {
    void read(Checkpoints.Reader target) throws IOException {
      var live = segment.getLiveDocs();
      var cursor = new SavedDocument.Cursor(segment);
      for (int document = from; document < to; document++) {
        if (live == null || live.get(document)) {
          cursor.read(document, target);
        }
      }
    }
  }

  private static Stream<Part> parts(LeafReader segment) {
    int end = segment.maxDoc();
    return IntStream.iterate(0, from -> from < end, from -> from + PART)
        .mapToObj(from -> new Part(segment, from, Math.min(from + PART, end)));
  }

  private void forEach(Task<LeafReader> task) {
    reader.leaves().forEach(leaf -> run(task, leaf.reader()));
  }

  /** Has {@code task} done for each of {@code all}, by the caller and helpers on other cores. */
  private <T> void shared(List<T> all, Executor helpers, Task<T> task) {
    var waiting = new ConcurrentLinkedQueue<>(all);
    Runnable work =
        () -> {
          for (var next = waiting.poll(); next != null; next = waiting.poll()) {
            run(task, next);
          }
        };
    int most = Math.min(Runtime.getRuntime().availableProcessors(), all.size());
    var help =
        IntStream.range(1, most).mapToObj(_ -> CompletableFuture.runAsync(work, helpers)).toList();
    work.run();
    help.forEach(CompletableFuture::join);
  }

  private <T> void run(Task<T> task, T on) {
    try {
      task.run(on);
    } catch (IOException damage) {
      damaged.accept(damage);
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

    /** Each of them once. */
    long[] ascending() {
      Arrays.sort(numbers, 0, count);
      int different = 0;
      for (int i = 0; i < count; i++) {
        if (i == 0 || numbers[i] != numbers[i - 1]) {
          numbers[different++] = numbers[i];
        }
      }
      return Arrays.copyOf(numbers, different);
    }
  }
}
