package dev.kagami.agent.checkpoint;

import dev.kagami.core.backup.Backup;
import dev.kagami.core.vector.VectorSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.KeepOnlyLastCommitDeletionPolicy;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SnapshotDeletionPolicy;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.NIOFSDirectory;

/**
 * Checkpoints as commits of a Lucene index: a document for each version and mark, the rest in the
 * commit's user data. What a crash leaves behind a commit is deleted by the next start.
 *
 * <p>After an I/O error nothing is tried again: what the disk then holds is known only after a
 * restart. Files are read in sequence and never mapped, and close when a thread that reads or
 * writes them is interrupted: no such thread may be.
 */
public final class LuceneCheckpoints implements Checkpoints {
  private static final Logger LOGGER = System.getLogger(LuceneCheckpoints.class.getName());
  private static final String SPACE = "space";

  /** What Lucene calls a commit until it is done. */
  private static final String UNFINISHED = "pending_segments_";

  private static final double BUFFER_MEBIBYTES = 64;
  private static final int WAITING_MERGES = 5;

  private final Path root;
  private final Path folder;
  private final VectorSpace space;
  private final SnapshotDeletionPolicy commits =
      new SnapshotDeletionPolicy(new KeepOnlyLastCommitDeletionPolicy());
  private final GraphFiles graphs;

  // Set by open.
  private Optional<IndexWriter> writer = Optional.empty();
  private Optional<SavedSegments> segments = Optional.empty();

  private volatile Optional<String> failure = Optional.empty();

  /**
   * @param root in which {@code checkpoint} and {@code graph} are made if they are not there
   * @param space what the vectors are, which never changes
   */
  public LuceneCheckpoints(Path root, VectorSpace space) {
    this.root = root;
    this.folder = root.resolve("checkpoint");
    this.graphs = new GraphFiles(root.resolve("graph"));
    this.space = space;
  }

  @Override
  public GraphFiles graphs() {
    return graphs;
  }

  @Override
  public boolean isKept() {
    return true;
  }

  @Override
  public CheckpointState open() {
    try {
      Files.createDirectories(folder);
      var directory = new NIOFSDirectory(folder);
      if (DirectoryReader.indexExists(directory)) {
        return open(directory);
      }
      begin(directory);
      return CheckpointState.NONE;
    } catch (LockObtainFailedException taken) {
      throw new IllegalStateException(
          "kagami.agent.data: " + folder.getParent() + " is in use by another agent", taken);
    } catch (IOException damage) {
      damaged(damage);
      return CheckpointState.NONE;
    }
  }

  /** Makes an empty index, unless there was one once. */
  private void begin(Directory directory) throws IOException {
    for (var name : directory.listAll()) {
      if (!name.equals(IndexWriter.WRITE_LOCK_NAME) && !name.startsWith(UNFINISHED)) {
        throw new IOException("there is " + name + ", but no commit");
      }
    }
    var index = writer(directory, OpenMode.CREATE);
    writer = Optional.of(index);
    commit(index, CheckpointState.NONE);
  }

  private CheckpointState open(Directory directory) throws IOException {
    var data = SegmentInfos.readLatestCommit(directory).getUserData();
    check(data.getOrDefault(SPACE, ""));
    writer = Optional.of(writer(directory, OpenMode.APPEND));
    try {
      segments = Optional.of(new SavedSegments(DirectoryReader.open(directory), this::damaged));
    } catch (IOException damage) { // the log behind it can be read all the same
      damaged(damage);
    }
    var state = CheckpointState.decode(data);
    return isRestored() ? state.ofNoLog() : state;
  }

  /** Whether this is the copy of a checkpoint, and no log came with it. */
  private boolean isRestored() {
    return Files.exists(root.resolve(Backup.RESTORED));
  }

  private void damaged(IOException damage) {
    fail("the checkpoint in " + folder + " is damaged: " + damage.getMessage(), damage);
  }

  private void check(String stored) {
    if (!stored.equals(space.words())) {
      throw new IllegalStateException(
          "kagami.agent.data: "
              + folder.getParent()
              + " holds vectors of "
              + stored
              + ", but the agent is set to "
              + space.words());
    }
  }

  private IndexWriter writer(Directory directory, OpenMode mode) throws IOException {
    var merges = new ConcurrentMergeScheduler();
    merges.setMaxMergesAndThreads(WAITING_MERGES, 1);
    return new IndexWriter(
        directory,
        new IndexWriterConfig()
            .setOpenMode(mode)
            .setCodec(FlatFormat.codec())
            .setRAMBufferSizeMB(BUFFER_MEBIBYTES)
            .setMergePolicy(new TieredMergePolicy())
            .setMergeScheduler(merges)
            .setIndexDeletionPolicy(commits)
            .setCommitOnClose(false));
  }

  @Override
  public long[] origins() {
    return segments.map(SavedSegments::origins).orElseGet(() -> new long[0]);
  }

  @Override
  public void read(Reader target, Executor helpers) {
    segments.ifPresent(all -> all.read(target, helpers));
    segments.ifPresent(SavedSegments::close);
    segments = Optional.empty();
  }

  @Override
  public void save(Difference difference, CheckpointState state) {
    failure.ifPresent(cause -> {
      throw new IllegalStateException(cause);
    });
    var index = writer.orElseThrow(() -> new IllegalStateException("not open"));
    try {
      for (var version : difference.versions()) {
        index.addDocument(SavedDocument.of(version));
      }
      for (var mark : difference.marks()) {
        index.addDocument(SavedDocument.of(mark));
      }
      for (long seq : difference.gone()) {
        index.deleteDocuments(SavedDocument.key(seq));
      }
      commit(index, state);
      Files.deleteIfExists(root.resolve(Backup.RESTORED));
    } catch (IOException error) {
      fail("a checkpoint could not be saved in " + folder + ": " + error, error);
      throw new UncheckedIOException("the checkpoint was not saved", error);
    }
  }

  private void commit(IndexWriter index, CheckpointState state) throws IOException {
    var data = new HashMap<>(state.encode());
    data.put(SPACE, space.words());
    index.setLiveCommitData(data.entrySet());
    index.commit();
  }

  @Override
  public void backUp(Path target) {
    try {
      var commit = commits.snapshot();
      try {
        for (var name : commit.getFileNames()) {
          link(Path.of("checkpoint", name), target);
        }
        var graph = CheckpointState.decode(commit.getUserData()).graph();
        if (graph.isPresent()) {
          link(Path.of("graph", graph.get()), target);
        }
        Backup.complete(target);
      } finally {
        commits.release(commit);
      }
    } catch (IOException error) {
      throw new UncheckedIOException("the backup in " + target + " is not complete", error);
    }
  }

  private void link(Path name, Path target) throws IOException {
    var link = target.resolve(name.toString());
    var file = root.resolve(name.toString());
    Files.createDirectories(link.getParent());
    try {
      Files.createLink(link, file);
    } catch (FileSystemException | UnsupportedOperationException elsewhere) {
      Files.copy(file, link);
    }
  }

  @Override
  public Optional<String> failure() {
    return failure;
  }

  private synchronized void fail(String cause, Throwable error) {
    LOGGER.log(Level.ERROR, "THE AGENT IS READ-ONLY UNTIL IT IS RESTARTED: " + cause, error);
    if (failure.isEmpty()) {
      failure = Optional.of(cause);
    }
  }

  @Override
  public void close() {
    segments.ifPresent(SavedSegments::close);
    try {
      if (writer.isPresent()) {
        writer.get().rollback();
        writer.get().getDirectory().close();
      }
    } catch (IOException error) {
      LOGGER.log(Level.WARNING, "The checkpoint in " + folder + " was not closed in order", error);
    }
  }
}
