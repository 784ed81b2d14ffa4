package dev.kagami.agent.checkpoint;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Where an agent's checkpoints lie; only the last one counts.
 *
 * <p>Life cycle: {@link #open} once, then {@link #origins} and {@link #read}, then {@link #save}
 * again and again; {@link #close} at the end. For one thread at a time; {@link #failure} and {@link
 * #close} for any.
 */
public interface Checkpoints extends AutoCloseable {
  /** Nothing is there, and nothing can be saved. */
  Checkpoints NONE = new NoCheckpoints();

  /** Is told what the last checkpoint holds, in no order, by several threads at once. */
  interface Reader {
    void version(SavedVersion version);

    void mark(SavedMark mark);
  }

  /** Whether something can be saved. */
  boolean isKept();

  /**
   * Opens the last checkpoint.
   *
   * @throws IllegalStateException if it is somebody else's, or of other vectors
   */
  CheckpointState open();

  /** The origins of all vectors in it, ascending. */
  long[] origins();

  /**
   * Tells {@code reader} all of it that can be read; the rest is a {@link #failure}.
   *
   * @param helpers may help the caller's thread
   */
  void read(Reader reader, Executor helpers);

  /**
   * Makes the next checkpoint, and has it on disk.
   *
   * @throws java.io.UncheckedIOException if that fails; it is a {@link #failure} from then on
   */
  void save(Difference difference, CheckpointState state);

  /**
   * Copies the last checkpoint and its graph to {@code folder}, which is made, as a {@link
   * dev.kagami.core.backup.Backup}; by links, where the file system can. Checkpoints may be saved
   * and read meanwhile.
   */
  void backUp(Path folder);

  /** The graphs beside the checkpoints. */
  GraphFiles graphs();

  /**
   * Why nothing can be saved: damage found at start, an I/O error. It stays until a restart, which
   * decides from the disk.
   */
  Optional<String> failure();

  /** Gives up what is being saved, and ends. */
  @Override
  void close();
}
