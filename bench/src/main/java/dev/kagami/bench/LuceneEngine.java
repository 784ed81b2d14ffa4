package dev.kagami.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
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
  private final DataSet data;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;

  /**
   * @param folder where its index is, or will be
   */
  LuceneEngine(DataSet data, int connections, int beam, Path folder) {
    name = "Lucene M" + connections + "/B" + beam;
    this.data = data;
    try {
      var directory = new MMapDirectory(folder);
      if (!DirectoryReader.indexExists(directory)) {
        build(connections, beam, directory);
      }
      reader = DirectoryReader.open(directory);
      searcher = new IndexSearcher(reader);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void build(int connections, int beam, MMapDirectory directory) throws IOException {
    try (var writer = new IndexWriter(directory, settings(connections, beam))) {
      for (float[] vector : data.base()) {
        var document = new Document();
        document.add(new KnnFloatVectorField(FIELD, data.prepared(vector), similarity()));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
  }

  private VectorSimilarityFunction similarity() {
    return data.metric().needsDirection()
        ? VectorSimilarityFunction.DOT_PRODUCT
        : VectorSimilarityFunction.EUCLIDEAN;
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

  @Override
  public String name() {
    return name;
  }

  @Override
  public int[] nearest(float[] query, int num, int effort) {
    try {
      var hits = searcher.search(new KnnFloatVectorQuery(FIELD, data.prepared(query), effort), num);
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
