package dev.kagami.mirror.compensation;

import java.nio.file.Path;

/**
 * Something is missing from the journal that had been durable, so what the origin had begun is not
 * known any more. Nothing on disk was changed; an operator has to decide.
 */
public final class JournalDamagedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JournalDamagedException(Path place, String what) {
    super(
        "the compensation journal in "
            + place
            + " is damaged: "
            + what
            + ". Restore it, or remove"
            + " it together with this mirror's data, which gives the mirror a new identity and"
            + " leaves undecided what it had begun");
  }
}
