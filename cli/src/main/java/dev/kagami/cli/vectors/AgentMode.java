package dev.kagami.cli.vectors;

/** Whether an agent takes writes. */
public enum AgentMode {
  /** Writes are answered UNAVAILABLE; void marks, which undo a write, still pass. */
  READ_ONLY("read-only"),
  WRITABLE("writable");

  private final String word;

  AgentMode(String word) {
    this.word = word;
  }

  /** As users read it. */
  public String word() {
    return word;
  }
}
