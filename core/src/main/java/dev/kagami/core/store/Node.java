package dev.kagami.core.store;

import dev.kagami.core.vector.VectorSpace;
import java.util.concurrent.CompletionStage;

/** A process that introduces itself. */
public interface Node {

  /** Who answers at the other end. */
  CompletionStage<Description> describe(CallContext context);

  /**
   * What a process says of itself at connect.
   *
   * @param site name of its site
   * @param siteNumber number of its site; two sites of a mesh never share one
   * @param name its own name, unique within the site
   * @param space what it stores; a process with another one is not used
   * @param greatestStamp the greatest stamp it has seen, {@link Stamp#NONE} if none
   * @param run drawn at each start of the process, so that a restart shows; 0 if it does not tell
   */
  record Description(
      Role role,
      String site,
      int siteNumber,
      String name,
      VectorSpace space,
      Stamp greatestStamp,
      long run) {

    /** Of a process that does not tell its restarts. */
    public Description(
        Role role,
        String site,
        int siteNumber,
        String name,
        VectorSpace space,
        Stamp greatestStamp) {
      this(role, site, siteNumber, name, space, greatestStamp, 0);
    }
  }

  /** What a process does. */
  enum Role {
    AGENT,
    GATEWAY,
    MIRROR
  }
}
