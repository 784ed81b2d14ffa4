package dev.kagami.agent.checkpoint;

import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.Version;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues.DocIndexIterator;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;

/**
 * Versions and marks to documents and back. A document never changes: its key is the log's number
 * of what it holds, and it is deleted by that.
 */
final class SavedDocument {
  private static final String KEY = "key";
  private static final String SEQ = "seq";
  private static final String KIND = "kind";
  private static final String ID = "id";
  private static final String TIMESTAMP = "timestamp";
  private static final String STAMP = "stamp";
  static final String ORIGIN = "origin";
  private static final String VECTOR = "vector";

  private static final long MARK = 0;
  private static final long UNDECIDED = 1;
  private static final long SETTLED = 2;

  private SavedDocument() {}

  static Term key(long seq) {
    return new Term(KEY, new BytesRef(ByteBuffer.allocate(Long.BYTES).putLong(seq).array()));
  }

  static Document of(SavedVersion saved) {
    var version = saved.version();
    var document =
        document(saved.seq(), saved.settled() ? SETTLED : UNDECIDED, version.id(), version.stamp());
    document.add(new NumericDocValuesField(TIMESTAMP, version.timestamp().unixNanos()));
    version
        .vector()
        .ifPresent(vector -> {
          document.add(new NumericDocValuesField(ORIGIN, saved.origin()));
          // never searched: the similarity is a formality
          document.add(
              new KnnFloatVectorField(
                  VECTOR, vector.toArray(), VectorSimilarityFunction.EUCLIDEAN));
        });
    return document;
  }

  static Document of(SavedMark saved) {
    return document(saved.seq(), MARK, saved.mark().id(), saved.mark().stamp());
  }

  private static Document document(long seq, long kind, VectorId id, Stamp stamp) {
    var document = new Document();
    document.add(new StringField(KEY, key(seq).bytes(), Field.Store.NO));
    document.add(new NumericDocValuesField(SEQ, seq));
    document.add(new NumericDocValuesField(KIND, kind));
    document.add(
        new BinaryDocValuesField(ID, new BytesRef(id.value().getBytes(StandardCharsets.UTF_8))));
    document.add(new NumericDocValuesField(STAMP, stamp.value()));
    return document;
  }

  /** The documents of one segment, read in their order. */
  static final class Cursor {
    private final NumericDocValues seqs;
    private final NumericDocValues kinds;
    private final BinaryDocValues ids;
    private final NumericDocValues stamps;
    private final NumericDocValues timestamps;
    private final NumericDocValues origins;
    private final Optional<Vectors> vectors;

    /** The vectors of one segment, and where their reading stands. */
    private record Vectors(FloatVectorValues values, DocIndexIterator at) {}

    Cursor(LeafReader segment) throws IOException {
      seqs = DocValues.getNumeric(segment, SEQ);
      kinds = DocValues.getNumeric(segment, KIND);
      ids = DocValues.getBinary(segment, ID);
      stamps = DocValues.getNumeric(segment, STAMP);
      timestamps = DocValues.getNumeric(segment, TIMESTAMP);
      origins = DocValues.getNumeric(segment, ORIGIN);
      vectors =
          Optional.ofNullable(segment.getFloatVectorValues(VECTOR))
              .map(values -> new Vectors(values, values.iterator()));
    }

    void read(int document, Checkpoints.Reader reader) throws IOException {
      long seq = at(seqs, document);
      long kind = at(kinds, document);
      var id = id(document);
      var stamp = new Stamp(at(stamps, document));
      if (kind == MARK) {
        reader.mark(new SavedMark(seq, new VoidMark(id, stamp)));
        return;
      }
      boolean isVector = origins.advanceExact(document);
      var vector = isVector ? Optional.of(vector(document)) : Optional.<Vector>empty();
      var version = new Version(id, new Timestamp(at(timestamps, document)), stamp, vector);
      long origin = isVector ? origins.longValue() : 0;
      reader.version(new SavedVersion(seq, origin, kind == SETTLED, version));
    }

    private static long at(NumericDocValues values, int document) throws IOException {
      if (!values.advanceExact(document)) {
        throw new IOException("document " + document + " lacks a field");
      }
      return values.longValue();
    }

    private VectorId id(int document) throws IOException {
      if (!ids.advanceExact(document)) {
        throw new IOException("document " + document + " lacks its id");
      }
      return new VectorId(ids.binaryValue().utf8ToString());
    }

    private Vector vector(int document) throws IOException {
      var of = vectors.orElseThrow(() -> new IOException("the segment lacks its vectors"));
      if (of.at().advance(document) != document) {
        throw new IOException("document " + document + " lacks its vector");
      }
      return Vector.adopt(of.values().vectorValue(of.at().index()).clone());
    }
  }
}
