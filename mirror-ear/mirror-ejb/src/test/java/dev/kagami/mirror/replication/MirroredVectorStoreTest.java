package dev.kagami.mirror.replication;

import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.VectorStoreContract;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/** The store of a site that is mirrored to another one: what holds for one store holds for it. */
class MirroredVectorStoreTest extends VectorStoreContract {
  private final World world = new World("B");
  private final VectorStore store = world.start().store();

  @Override
  public VectorStore store() {
    return store;
  }

  @Override
  public InstantSource clock() {
    return world.time();
  }

  /** Its mirror tells the own cluster. */
  @Override
  public boolean isTrimmedByOthers() {
    return false;
  }

  /** Its cluster sees to its copies. */
  @Override
  public boolean isOneCopy() {
    return false;
  }

  @Override
  public void untilSettled() {
    world.pass(Duration.ofSeconds(5));
  }

  @Override
  public <R> R await(CompletionStage<R> stage) {
    world.until(stage);
    return super.await(stage);
  }
}
