package dev.kagami.agent.crash;

import dev.kagami.agent.checkpoint.Checkpoints;
import dev.kagami.agent.checkpoint.LuceneCheckpoints;
import dev.kagami.agent.index.AgentIdentity;
import dev.kagami.agent.index.IndexExecutors;
import dev.kagami.agent.index.IndexSettings;
import dev.kagami.agent.index.LuceneVectorStore;
import dev.kagami.agent.index.Saving;
import dev.kagami.agent.log.ArtemisWriteAheadLog;
import dev.kagami.agent.log.WriteAheadLog;
import dev.kagami.core.AtTheRim;
import dev.kagami.core.store.WriterNumber;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;

/** An agent's store on real files, with checkpoints after few records. */
record Engine(WriteAheadLog log, Checkpoints checkpoints, LuceneVectorStore store)
    implements AutoCloseable {
  private static final int RECORDS = 80;

  @AtTheRim("a process of its own has the system's clock")
  static Engine open(Path folder, Executor pool, Executor linker, Executor saver) {
    var log = new ArtemisWriteAheadLog(folder, WritingProcess.SPACE, 4 << 20, pool);
    var checkpoints = new LuceneCheckpoints(folder, WritingProcess.SPACE);
    var triggers = new Saving.Triggers(Long.MAX_VALUE, RECORDS, Duration.ofDays(1), 1);
    var store =
        LuceneVectorStore.open(
            new AgentIdentity("agent-1", List.of(), new WriterNumber(1, WriterNumber.AGENT)),
            IndexSettings.of(WritingProcess.SPACE),
            log,
            new Saving(checkpoints, saver, triggers),
            new IndexExecutors(linker, Runnable::run),
            InstantSource.system());
    return new Engine(log, checkpoints, store);
  }

  @Override
  public void close() {
    store.close();
    checkpoints.close();
    log.close();
  }
}
