package dev.kagami.core.fanout;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.vector.Timestamp;
import java.util.Set;

/** What to do about a mirrored write, given its outcomes. */
public sealed interface Decision<T> {

  /** The write stands; answer OK. */
  record Done<T>() implements Decision<T> {}

  /** Nobody stored anything; answer with the error. */
  record Refused<T>(ValdException answer) implements Decision<T> {}

  /** Send the same version to these targets, to be stored whatever is there, then judge again. */
  record LevelForward<T>(Set<T> targets) implements Decision<T> {}

  /** Undo it everywhere, then answer with the error. */
  record RollBack<T>(ValdException answer) implements Decision<T> {}

  /** Undo it everywhere and run it once more as a new transaction, later than {@code past}. */
  record RunAgain<T>(Timestamp past) implements Decision<T> {}
}
