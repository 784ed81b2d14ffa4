package dev.kagami.mirror.mesh;

import jakarta.persistence.EntityManager;

/**
 * The row {@code mirror_turn}: of all transactions of a site's processes that have a turn, one goes
 * on at a time. What is added in a turn, when it was not there, is added once. It takes isolation
 * that shows what others have committed meanwhile, which is the default of both databases.
 */
public final class Turn {
  private Turn() {}

  /**
   * Waits for the turn, which ends with the transaction. To be taken before anything is read.
   *
   * @throws IllegalStateException if the row is gone
   */
  public static void await(EntityManager entities) {
    int rows =
        entities.createNativeQuery("update mirror_turn set id = 1 where id = 1").executeUpdate();
    if (rows != 1) {
      throw new IllegalStateException("the row of the table mirror_turn is gone");
    }
  }
}
