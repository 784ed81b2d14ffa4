package dev.kagami.transport.client;

import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.store.CheckedVectorStore;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.VectorStoreContract;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.transport.grpc.RunningServer;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;

/** The model of a store, asked over a real connection, is still the model of a store. */
class RemoteVectorStoreContractTest extends VectorStoreContract {
  private static final WriterNumber WRITER = new WriterNumber(1, WriterNumber.AGENT);

  private final ControlledScheduler time = new ControlledScheduler();
  private final RunningServer server =
      RunningServer.agent(
          new CheckedVectorStore(
              new InMemoryVectorStore("memory", space(), WRITER, time), space(), time));
  private final VectorStore remote = server.store("memory");

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  public VectorStore store() {
    return remote;
  }

  /** The checks stand behind the wire, so what they say has to come back over it. */
  @Override
  public VectorStore front() {
    return remote;
  }

  @Override
  public VectorSpace space() {
    return new VectorSpace(4, Metric.COSINE);
  }

  @Override
  public InstantSource clock() {
    return time;
  }
}
