package dev.kagami.mirror.verification;

import static java.util.Objects.requireNonNull;

import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.error.StageFailure;
import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.vector.VectorId;
import dev.kagami.mirror.mesh.Mesh;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Compares targets with the own cluster, one pass at a time for each, and looks again at what
 * differed: what is on its way is no difference. Thread-safe; never blocks.
 */
public final class Verifier {
  /** In that time the loops pass both ways, and take what they are behind. */
  static final Duration SETTLING = Duration.ofSeconds(5);

  private static final int LOOKS = 2;
  private static final int PAGE = 256;
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final VectorStore own;
  private final Supplier<Mesh> mesh;
  private final Scheduler scheduler;

  // Guarded by this.
  private final Map<String, Verification> last = new HashMap<>();
  private final Map<String, Verification> results = new HashMap<>();
  private final Map<String, CompletableFuture<Verification>> underWay = new HashMap<>();

  public Verifier(VectorStore own, Supplier<Mesh> mesh, Scheduler scheduler) {
    this.own = requireNonNull(own, "own");
    this.mesh = requireNonNull(mesh, "mesh");
    this.scheduler = requireNonNull(scheduler, "scheduler");
  }

  /** How the comparison with {@code target} stands that was begun last. */
  public synchronized Optional<Verification> last(String target) {
    return Optional.ofNullable(last.get(target));
  }

  /** What came of the comparison with {@code target} that ended last. */
  public synchronized Optional<Verification> result(String target) {
    return Optional.ofNullable(results.get(target));
  }

  /**
   * Begins to compare, unless that is under way; waits for nobody.
   *
   * @throws NotFound if there is no such target
   */
  public Verification begin(String target) {
    var _ = compare(target);
    return last(target).orElseThrow();
  }

  /**
   * Compares, or waits for the comparison that is under way.
   *
   * @return what came of it; never fails
   * @throws NotFound if there is no such target
   */
  CompletionStage<Verification> compare(String target) {
    var there = storeOf(target);
    var end = new CompletableFuture<Verification>();
    Verification begun;
    synchronized (this) {
      var before = underWay.putIfAbsent(target, end);
      if (before != null) {
        return before;
      }
      begun = Verification.begun(target, scheduler.instant());
      last.put(target, begun);
    }
    run(there, begun, end);
    return end;
  }

  private VectorStore storeOf(String target) {
    return mesh.get().members().stream()
        .filter(each -> each.name().equals(target))
        .findFirst()
        .map(Mesh.Member::store)
        .orElseThrow(() -> new NotFound("there is no target " + target));
  }

  private void run(VectorStore there, Verification begun, CompletableFuture<Verification> waiting) {
    var _ =
        new Comparison(own, there, this::call)
            .run(begun)
            .thenCompose(found -> lookAgain(there, found, LOOKS))
            .thenApply(Verification::ended)
            .exceptionally(failure -> begun.givenUp(StageFailure.words(failure)))
            .thenAccept(result -> {
              end(result);
              waiting.complete(result);
            });
  }

  private synchronized void note(Verification now) {
    last.put(now.target(), now);
  }

  private synchronized void end(Verification result) {
    note(result);
    results.put(result.target(), result);
    underWay.remove(result.target());
  }

  private CompletionStage<Verification> lookAgain(VectorStore there, Verification now, int looks) {
    note(now);
    if (looks == 0 || now.differences().isEmpty()) {
      return CompletableFuture.completedStage(now);
    }
    var waited = new CompletableFuture<Void>();
    scheduler.after(SETTLING, () -> waited.complete(null));
    return waited
        .thenCompose(_ -> lasting(there, now.differences()))
        .thenCompose(lasting -> lookAgain(there, now.confirmed(lasting), looks - 1));
  }

  /** Those that are there still, exactly as they were. */
  private CompletionStage<List<Difference>> lasting(VectorStore there, List<Difference> before) {
    CompletionStage<List<Difference>> found = CompletableFuture.completedStage(new ArrayList<>());
    for (int from = 0; from < before.size(); from += PAGE) {
      var page = before.subList(from, Math.min(before.size(), from + PAGE));
      found =
          found.thenCompose(sofar ->
              lastingOf(there, page)
                  .thenApply(more -> {
                    sofar.addAll(more);
                    return sofar;
                  }));
    }
    return found;
  }

  private CompletionStage<List<Difference>> lastingOf(VectorStore there, List<Difference> page) {
    List<VectorId> ids = page.stream().map(Difference::id).toList();
    return own.findAll(ids, call())
        .thenCombine(
            there.findAll(ids, call()),
            (ours, theirs) -> {
              var lasting = new ArrayList<Difference>();
              for (int i = 0; i < page.size(); i++) {
                between(ours.get(i), theirs.get(i))
                    .filter(page.get(i)::equals)
                    .ifPresent(lasting::add);
              }
              return lasting;
            });
  }

  private static Optional<Difference> between(Kept ours, Kept theirs) {
    return Difference.between(ours.heads(), theirs.heads());
  }

  private CallContext call() {
    return new CallContext(scheduler.instant().plus(ANSWER), CallContext.Origin.PEER);
  }
}
