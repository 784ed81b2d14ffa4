package dev.kagami.agent.index;

import dev.kagami.agent.log.MemoryLog;
import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.VectorStoreContract;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of all stores, with everything linked at once. */
@ParameterizedClass
@EnumSource(
    mode = EnumSource.Mode.EXCLUDE,
    names = {"HAMMING", "JACCARD"}) // its vectors are not of bytes
class LuceneVectorStoreTest extends VectorStoreContract {
  @Parameter private Metric metric;

  private final ControlledScheduler time = new ControlledScheduler();
  private VectorStore store;

  @Override
  public VectorStore store() {
    if (store == null) {
      var identity =
          new AgentIdentity(
              "agent-1", List.of("127.0.0.1"), new WriterNumber(1, WriterNumber.AGENT));
      store =
          LuceneVectorStore.open(
              identity, IndexSettings.of(space()), new MemoryLog(), IndexExecutors.DIRECT, time);
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
