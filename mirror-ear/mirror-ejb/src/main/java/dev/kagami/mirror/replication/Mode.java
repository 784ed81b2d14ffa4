package dev.kagami.mirror.replication;

import java.util.Locale;

/** Which sites a write needs besides the own cluster, which it always does. */
public enum Mode {
  /** Every target that is connected; the others get it when they are back. */
  CONNECTED,
  /** Every known target; while one is not connected nothing is written. */
  STRICT,
  /** So many targets that they and the own cluster are more than half of all sites. */
  QUORUM,
  /** None: every target gets it afterwards. */
  LOCAL;

  /** How a request names it in its metadata. */
  static final String KEY = "kagami-mode";

  /**
   * The mode of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Mode parse(String name) {
    for (var mode : values()) {
      if (mode.spelling().equals(name)) {
        return mode;
      }
    }
    throw new IllegalArgumentException("known are connected, strict, quorum, local");
  }

  /** As configuration and requests name it. */
  public String spelling() {
    return name().toLowerCase(Locale.ROOT);
  }
}
