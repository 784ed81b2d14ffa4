package dev.kagami.agent.log;

import java.util.Locale;

/** What a write that was acknowledged survives. */
public enum Durability {
  /** A power cut: it is on disk. */
  FSYNC,
  /** A crash of the process: the operating system has it. */
  OS,
  /** Nothing: it is in memory alone. */
  MEMORY;

  /**
   * Reads the name as it is spelled in settings.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Durability parse(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
