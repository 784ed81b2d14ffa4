package dev.kagami.mirror.catchup;

/**
 * Which process of a site brings a target what it misses, as the database has it. Compared as a
 * whole: of all that want to change what they have seen, the first does.
 *
 * @param target its name in the mesh
 * @param holder the name of the process
 * @param term one more each time that it is taken, so that an earlier holder is known as such
 * @param beats one more each time that the holder shows that it is alive
 */
public record Lease(String target, String holder, long term, long beats) {

  /** The first one of a target that nobody had. */
  static Lease first(String target, String holder) {
    return new Lease(target, holder, 1, 0);
  }

  /** What it becomes when {@code next} takes it. */
  Lease takenBy(String next) {
    return new Lease(target, next, term + 1, 0);
  }

  /** What it becomes when its holder shows that it is alive. */
  Lease renewed() {
    return new Lease(target, holder, term, beats + 1);
  }
}
