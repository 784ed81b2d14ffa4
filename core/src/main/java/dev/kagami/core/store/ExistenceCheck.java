package dev.kagami.core.store;

import dev.kagami.core.error.ValdException.Aborted;
import dev.kagami.core.error.ValdException.AlreadyExists;
import dev.kagami.core.error.ValdException.NotFound;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Whether what is stored allows a write: the rules of Vald's agent, in one place for every store.
 *
 * <p>The same data is refused only where the client gave no timestamp, or none newer than what is
 * there; otherwise it is a new version.
 */
public final class ExistenceCheck {
  private ExistenceCheck() {}

  /**
   * Lets {@code mutation} pass, or throws.
   *
   * @param newest the newest version without a void mark, tombstones included
   * @param sameContent whether the mutation's vector equals the newest one's, asked only if needed
   * @throws AlreadyExists if an Insert meets a vector, or an Update or Upsert meets the same data
   * @throws NotFound if an Update or Remove meets no vector
   * @throws Aborted if an Update or Remove meets another version than it is meant for
   */
  public static void judge(Mutation mutation, Optional<Head> newest, BooleanSupplier sameContent) {
    if (mutation.condition().isUnconditional()) {
      return;
    }
    var visible = newest.filter(Head::isVector);
    switch (mutation) {
      case Mutation.Insert insert -> {
        if (visible.isPresent()) {
          throw new AlreadyExists("uuid " + insert.id() + " already exists");
        }
      }
      case Mutation.Update update -> {
        if (visible.isEmpty()) {
          throw notFound(update);
        }
        refuseChanged(update, visible.get());
        refuseSameData(update, visible.get(), sameContent);
      }
      case Mutation.Upsert upsert ->
          visible.ifPresent(head -> refuseSameData(upsert, head, sameContent));
      case Mutation.Remove remove -> {
        if (visible.isEmpty()) {
          throw notFound(remove);
        }
        refuseChanged(remove, visible.get());
      }
    }
  }

  private static void refuseChanged(Mutation write, Head visible) {
    if (write.condition().still().filter(seen -> !seen.equals(visible.stamp())).isPresent()) {
      throw new Aborted("uuid " + write.id() + " was written once more meanwhile");
    }
  }

  private static void refuseSameData(Mutation write, Head visible, BooleanSupplier sameContent) {
    boolean newer =
        write.time().isOfClient() && write.time().timestamp().isAfter(visible.timestamp());
    if (!newer && sameContent.getAsBoolean()) {
      throw new AlreadyExists("uuid " + write.id() + "'s same data already exists");
    }
  }

  private static NotFound notFound(Mutation write) {
    return new NotFound("uuid " + write.id() + " not found");
  }
}
