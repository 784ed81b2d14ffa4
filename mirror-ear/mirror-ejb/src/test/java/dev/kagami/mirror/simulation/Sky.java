package dev.kagami.mirror.simulation;

/** What becomes of messages while the network is not as it should be; the worst first. */
enum Sky {
  STORM(1, 1, 40, 1),
  LOSS(3, 0, 6, 0),
  DELAY(0, 6, 200, 0),
  DUPLICATES(0, 0, 6, 4);

  /** How many of 20 messages are lost. */
  final int lost;

  /** How many of 20 are seconds late. */
  final int late;

  /** How long the others take at most. */
  final int millis;

  /** How many of 8 come a second time, where that can be. */
  final int repeated;

  Sky(int lost, int late, int millis, int repeated) {
    this.lost = lost;
    this.late = late;
    this.millis = millis;
    this.repeated = repeated;
  }
}
