package dev.kagami.mirror.verification;

import dev.kagami.core.digest.RangeDigest;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Changes;
import dev.kagami.core.store.Head;
import dev.kagami.core.store.HeadCursor;
import dev.kagami.core.store.HeadPage;
import dev.kagami.core.store.KeptHeads;
import dev.kagami.core.vector.VectorId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * One pass over what two stores show, in the order of the ids' hashes, a page of each at a time.
 * Used once. Its steps follow one another, so they need no lock.
 */
final class Comparison {
  /**
   * More differences than this are not told: something is wrong that is no matter of single ids.
   */
  static final int MOST = 10_000;

  private final Side here;
  private final Side there;
  private final Supplier<CallContext> calls;
  private final List<Difference> differences = new ArrayList<>();

  /** One of the two. */
  private static final class Side {
    private final Changes store;
    private final Deque<KeptHeads> page = new ArrayDeque<>();
    private Optional<HeadCursor> next = Optional.of(HeadCursor.START);
    private RangeDigest digest = RangeDigest.EMPTY;

    Side(Changes store) {
      this.store = store;
    }

    boolean needsPage() {
      return page.isEmpty() && next.isPresent();
    }

    CompletionStage<Void> read(CallContext call) {
      return store.heads(next.orElseThrow(), Changes.MAX_PAGE, call).thenAccept(this::turn);
    }

    private void turn(HeadPage read) {
      page.addAll(read.heads());
      next = read.next();
    }

    Optional<VectorId> first() {
      return Optional.ofNullable(page.peekFirst()).map(KeptHeads::id);
    }

    /** What it has of {@code id}, if that is its first. */
    KeptHeads take(VectorId id) {
      if (first().filter(id::equals).isEmpty()) {
        return new KeptHeads(id, List.of(), Collections.emptySortedSet());
      }
      var taken = page.removeFirst();
      taken
          .visible()
          .map(Head::digest)
          .ifPresent(sum -> digest = digest.plus(new RangeDigest(sum, 1)));
      return taken;
    }
  }

  /**
   * @param calls makes the context of each call
   */
  Comparison(Changes here, Changes there, Supplier<CallContext> calls) {
    this.here = new Side(here);
    this.there = new Side(there);
    this.calls = calls;
  }

  /** Goes through both; fails if one cannot be read to the end. */
  CompletionStage<Verification> run(Verification begun) {
    if (here.needsPage()) {
      return here.read(calls.get()).thenCompose(_ -> run(begun));
    }
    if (there.needsPage()) {
      return there.read(calls.get()).thenCompose(_ -> run(begun));
    }
    while (!here.needsPage() && !there.needsPage()) {
      var id = first();
      if (id.isEmpty()) {
        return CompletableFuture.completedStage(
            begun.compared(here.digest, there.digest, differences));
      }
      compare(here.take(id.get()), there.take(id.get()));
    }
    return run(begun);
  }

  private Optional<VectorId> first() {
    var ours = here.first();
    var theirs = there.first();
    if (ours.isEmpty() || theirs.isEmpty()) {
      return ours.or(() -> theirs);
    }
    return HeadCursor.ORDER.compare(ours.get(), theirs.get()) <= 0 ? ours : theirs;
  }

  private void compare(KeptHeads ours, KeptHeads theirs) {
    if (differences.size() < MOST) {
      Difference.between(ours, theirs).ifPresent(differences::add);
    }
  }
}
