package dev.kagami.core.store;

import dev.kagami.core.vector.VectorId;
import java.util.Comparator;
import java.util.Optional;

/**
 * A place in the list of all ids, which is ordered by their hash, taken as unsigned, and among
 * equal ones by the id. It stays valid whatever is written meanwhile.
 *
 * @param hash ids with a lesser one lie before
 * @param after of the ids with that very hash, this one and those before it lie before; none if
 *     empty
 */
public record HeadCursor(long hash, Optional<VectorId> after) implements Comparable<HeadCursor> {
  /** The order of the list. */
  public static final Comparator<VectorId> ORDER =
      Comparator.comparing(VectorId::hash, Long::compareUnsigned)
          .thenComparing(Comparator.naturalOrder());

  /** Before all ids. */
  public static final HeadCursor START = from(0);

  /** Before all ids with this hash. */
  public static HeadCursor from(long hash) {
    return new HeadCursor(hash, Optional.empty());
  }

  /** Right behind {@code id}. */
  public static HeadCursor behind(VectorId id) {
    return new HeadCursor(id.hash(), Optional.of(id));
  }

  /** Whether {@code id}, whose hash is {@code idHash}, is still to come. */
  public boolean isBefore(long idHash, VectorId id) {
    int byHash = Long.compareUnsigned(hash, idHash);
    return byHash < 0 || (byHash == 0 && after.filter(last -> last.compareTo(id) >= 0).isEmpty());
  }

  /** Whether {@code id} is still to come. */
  public boolean isBefore(VectorId id) {
    return isBefore(id.hash(), id);
  }

  /** The earlier place first. */
  @Override
  public int compareTo(HeadCursor other) {
    int byHash = Long.compareUnsigned(hash, other.hash);
    return byHash != 0 ? byHash : last().compareTo(other.last());
  }

  /** No id is empty, so none comes before all. */
  private String last() {
    return after.map(VectorId::value).orElse("");
  }
}
