package dev.kagami.bench;

import dev.kagami.core.vector.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.store.MMapDirectory;

/**
 * Lucene as it comes: unit vectors for cosine, one segment, its own query, its own threads switched
 * off.
 */
final class LuceneEngine implements Engine {
  private static final String FIELD = "vector";

  private final String name;
  private final Metric metric;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;

  /**
   * @param folder where its index is, or will be
   */
  LuceneEngine(DataSet data, int connections, int beam, Path folder) {
    name = "Lucene M" + connections + "/B" + beam;
    metric = data.metric();
    try {
      var directory = new MMapDirectory(folder);
      if (!DirectoryReader.indexExists(directory)) {
        build(data.base(), connections, beam, directory);
      }
      reader = DirectoryReader.open(directory);
      searcher = new IndexSearcher(reader);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void build(List<float[]> base, int connections, int beam, MMapDirectory directory)
      throws IOException {
    try (var writer = new IndexWriter(directory, settings(connections, beam))) {
      for (float[] vector : base) {
        var document = new Document();
        document.add(new KnnFloatVectorField(FIELD, prepared(vector), similarity()));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
  }

  private VectorSimilarityFunction similarity() {
    return metric.needsDirection()
        ? VectorSimilarityFunction.DOT_PRODUCT
        : VectorSimilarityFunction.EUCLIDEAN;
  }

  private float[] prepared(float[] vector) {
    return metric.needsDirection() ? unit(vector) : vector;
  }

  private static IndexWriterConfig settings(int connections, int beam) {
    var codec =
        new Lucene104Codec() {
          @Override
          public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
            return new Lucene99HnswVectorsFormat(connections, beam);
          }
        };
    return new IndexWriterConfig()
        .setCodec(codec)
        .setRAMBufferSizeMB(1024)
        .setUseCompoundFile(false)
        .setMergeScheduler(new SerialMergeScheduler());
  }

  private static float[] unit(float[] vector) {
    double length = 0;
    for (float component : vector) {
      length += (double) component * component;
    }
    var unit = new float[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (vector[i] / Math.sqrt(length));
    }
    return unit;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int[] nearest(float[] query, int num, int effort) {
    try {
      var hits = searcher.search(new KnnFloatVectorQuery(FIELD, prepared(query), effort), num);
      return Arrays.stream(hits.scoreDocs).mapToInt(hit -> hit.doc).toArray();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
      reader.directory().close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
