package dev.kagami.core.store;

/**
 * The number that makes a process's stamps unique: 4 bits for its site, 6 for itself.
 *
 * @param site the site's configured number, 0 to {@value #MAX_SITE}
 * @param process {@value #AGENT} for the agents of the site, {@value #FIRST_MIRROR} to {@value
 *     #LAST_MIRROR} for its mirrors, the rest to {@value #MAX_PROCESS} for its gateways
 */
public record WriterNumber(int site, int process) {
  public static final int MAX_SITE = 15;
  public static final int MAX_PROCESS = 63;
  public static final int AGENT = 0;
  public static final int FIRST_MIRROR = 1;
  public static final int LAST_MIRROR = 15;
  public static final int FIRST_GATEWAY = 16;

  /** How many gateways a site can have. */
  public static final int GATEWAYS = MAX_PROCESS - FIRST_GATEWAY + 1;

  private static final int PROCESS_BITS = 6;

  public WriterNumber {
    if (site < 0 || site > MAX_SITE || process < 0 || process > MAX_PROCESS) {
      throw new IllegalArgumentException(
          "writer number " + site + "/" + process + " is not within 0/0 to 15/63");
    }
  }

  static WriterNumber of(int bits) {
    return new WriterNumber(bits >> PROCESS_BITS, bits & MAX_PROCESS);
  }

  /** The number as the low bits of a stamp hold it. */
  public int bits() {
    return site << PROCESS_BITS | process;
  }
}
