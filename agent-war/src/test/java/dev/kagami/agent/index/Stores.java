package dev.kagami.agent.index;

import dev.kagami.agent.checkpoint.Checkpoints;
import dev.kagami.agent.log.WriteAheadLog;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.VectorSpace;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;

/** Stores as tests need them. */
final class Stores {
  static final AgentIdentity IDENTITY =
      new AgentIdentity("agent-1", List.of("127.0.0.1"), new WriterNumber(1, WriterNumber.AGENT));

  private Stores() {}

  /** A store that works on its caller's threads alone. */
  static LuceneVectorStore open(WriteAheadLog log, VectorSpace space, InstantSource clock) {
    return open(log, space, clock, Runnable::run);
  }

  /** A store that saves checkpoints when it is asked to. */
  static LuceneVectorStore open(
      WriteAheadLog log,
      Checkpoints checkpoints,
      VectorSpace space,
      InstantSource clock,
      Executor linker) {
    return LuceneVectorStore.open(
        IDENTITY,
        IndexSettings.of(space),
        log,
        new Saving(checkpoints, Runnable::run, Saving.Triggers.USUAL),
        new IndexExecutors(linker, Runnable::run),
        clock);
  }

  /** A store that links on {@code linker}. */
  static LuceneVectorStore open(
      WriteAheadLog log, VectorSpace space, InstantSource clock, Executor linker) {
    return LuceneVectorStore.open(
        IDENTITY, IndexSettings.of(space), log, new IndexExecutors(linker, Runnable::run), clock);
  }
}
