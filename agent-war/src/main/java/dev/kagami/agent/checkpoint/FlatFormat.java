package dev.kagami.agent.checkpoint;

import dev.kagami.core.vector.VectorSpace;
import java.io.IOException;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.hnsw.DefaultFlatVectorScorer;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99FlatVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * Lucene's own files of vectors without a graph, which by themselves end at 1,024 dimensions. Found
 * by its name when an index is read, through {@code META-INF/services}.
 */
public final class FlatFormat extends KnnVectorsFormat {
  private static final String NAME = "KagamiFlat";

  private final Lucene99FlatVectorsFormat flat =
      new Lucene99FlatVectorsFormat(DefaultFlatVectorScorer.INSTANCE);

  /** For Lucene. */
  public FlatFormat() {
    super(NAME);
  }

  /** Lucene's codec, with vectors in this format. */
  static Codec codec() {
    var format = new FlatFormat();
    return new Lucene104Codec() {
      @Override
      public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
        return format;
      }
    };
  }

  @Override
  public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
    return flat.fieldsWriter(state);
  }

  @Override
  public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
    return flat.fieldsReader(state);
  }

  @Override
  public int getMaxDimensions(String field) {
    return VectorSpace.MAX_DIMENSION;
  }
}
