package dev.kagami.agent.checkpoint;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Nothing is there, and nothing can be saved. */
final class NoCheckpoints implements Checkpoints {
  @Override
  public boolean isKept() {
    return false;
  }

  @Override
  public CheckpointState open() {
    return CheckpointState.NONE;
  }

  @Override
  public long[] origins() {
    return new long[0];
  }

  @Override
  public void read(Reader reader, Executor helpers) {}

  @Override
  public void save(Difference difference, CheckpointState state) {
    throw new UnsupportedOperationException("there is no place for checkpoints");
  }

  @Override
  public void backUp(Path folder) {
    throw new UnsupportedOperationException("there are no checkpoints");
  }

  @Override
  public GraphFiles graphs() {
    throw new UnsupportedOperationException("there is no place for graphs");
  }

  @Override
  public Optional<String> failure() {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
