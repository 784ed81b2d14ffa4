package dev.kagami.cli.demo;

import dev.kagami.cli.vectors.VectorFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.vdaas.vald.api.v1.payload.Object.Vector;

/**
 * The sample data: words and their vectors, without timestamps.
 *
 * @param byWord in the order of the file
 */
record Samples(Path file, SequencedMap<String, Vector> byWord) {

  Samples {
    byWord = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(byWord));
  }

  static Samples read(Path file) throws IOException {
    var byWord = new LinkedHashMap<String, Vector>();
    try (var vectors = VectorFile.open(file)) {
      for (var vector = vectors.next(); vector.isPresent(); vector = vectors.next()) {
        byWord.put(vector.get().getId(), vector.get());
      }
    }
    return new Samples(file, byWord);
  }

  /** Of a word that is among them. */
  Vector of(String word) {
    return Optional.ofNullable(byWord.get(word))
        .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no sample"));
  }

  /** Whether {@code stored} has exactly the numbers of the sample of its id. */
  boolean agreeWith(Vector stored) {
    return of(stored.getId()).getVectorList().equals(stored.getVectorList());
  }
}
