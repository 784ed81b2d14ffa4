package dev.kagami.core.store;

import dev.kagami.core.vector.VectorSpace;
import java.util.List;
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
   * @param claims who stamps by which number as far as it has heard, the asking process among them
   *     if its claim is granted; empty if it keeps no account of that
   */
  record Description(
      Role role,
      String site,
      int siteNumber,
      String name,
      VectorSpace space,
      Stamp greatestStamp,
      long run,
      List<WriterClaim> claims) {
    public Description {
      claims = List.copyOf(claims);
    }

    /** Of a process that neither tells its restarts nor keeps an account of claims. */
    public Description(
        Role role,
        String site,
        int siteNumber,
        String name,
        VectorSpace space,
        Stamp greatestStamp) {
      this(role, site, siteNumber, name, space, greatestStamp, 0, List.of());
    }

    /** The same of a process that drew {@code now} at its start. */
    public Description withRun(long now) {
      return new Description(role, site, siteNumber, name, space, greatestStamp, now, claims);
    }

    /** The same of a process that has granted {@code now}. */
    public Description withClaims(List<WriterClaim> now) {
      return new Description(role, site, siteNumber, name, space, greatestStamp, run, now);
    }
  }

  /** What a process does. */
  enum Role {
    AGENT,
    GATEWAY,
    MIRROR
  }
}
