package dev.kagami.core.store;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import java.time.InstantSource;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(
    mode = EnumSource.Mode.EXCLUDE,
    names = {"HAMMING", "JACCARD"}) // its vectors are not of bytes
class InMemoryVectorStoreTest extends VectorStoreContract {
  private static final WriterNumber WRITER = new WriterNumber(1, WriterNumber.AGENT);

  @Parameter private Metric metric;

  private final ControlledScheduler time = new ControlledScheduler();
  private VectorStore store;

  @Override
  public VectorStore store() {
    if (store == null) {
      store = new InMemoryVectorStore("memory", space(), WRITER, time);
    }
    return store;
  }

  @Override
  public VectorSpace space() {
    return new VectorSpace(4, metric);
  }

  @Override
  public InstantSource clock() {
    return time;
  }
}
