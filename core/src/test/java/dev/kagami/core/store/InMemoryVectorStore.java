package dev.kagami.core.store;

import dev.kagami.core.clock.HybridClock;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Aborted;
import dev.kagami.core.error.ValdException.FailedPrecondition;
import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.vector.ExactDistance;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The model of a vector store: a map of {@link Kept}, exact search, nothing on disk. What it does
 * is what every store has to do. Answers at once, on the caller's thread. Thread-safe.
 */
public final class InMemoryVectorStore implements VectorStore {
  private final String name;
  private final VectorSpace space;
  private final HybridClock clock;
  private final UUID log;

  // All state below is guarded by this.
  private final SortedMap<VectorId, Kept> kept = new TreeMap<>();
  private final Map<WriterNumber, Stamp> settledUpTo = new HashMap<>();
  private final Set<VectorId> linked = new HashSet<>();
  private final ChangeHistory history = new ChangeHistory();
  private Stamp flushed = Stamp.NONE;
  private Stamp trimmed = Stamp.NONE;
  private boolean writtenSinceLinking;
  private boolean readOnly;

  /**
   * @param name tells several stores apart, as an agent's name does
   * @param writer for writes that arrive without a stamp
   * @param wall the wall clock behind their stamps
   */
  public InMemoryVectorStore(
      String name, VectorSpace space, WriterNumber writer, InstantSource wall) {
    this.name = name;
    this.space = space;
    this.log = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    this.clock = new HybridClock(wall, writer, Stamp.NONE);
  }

  /** From now on every write, undo and settled stamp is UNAVAILABLE, as with a full disk. */
  public synchronized void refuseWrites() {
    readOnly = true;
  }

  public synchronized void acceptWrites() {
    readOnly = false;
  }

  /** All that is kept of every id, as it is now. */
  public synchronized SortedMap<VectorId, Kept> contents() {
    return new TreeMap<>(kept);
  }

  @Override
  public CompletionStage<Applied> apply(Mutation mutation, CallContext context) {
    return answer(() -> {
      checkWritable();
      mutation.content().ifPresent(space::check);
      checkClock(mutation.time());
      undoEarlierAttempt(mutation);
      var before = keptOf(mutation.id());
      var previous = before.newest().map(Version::head);
      var stamp = mutation.time().stamp();
      if (before.marks().contains(stamp)) {
        throw new Aborted("the write " + stamp + " of uuid " + mutation.id() + " was undone");
      }
      if (before.find(stamp).isPresent()) {
        return applied(mutation.id(), Applied.Standing.TOP, previous);
      }
      if (mutation.time().isStamped() && isFlushed(stamp)) {
        return applied(
            mutation.id(),
            Applied.Standing.SUPERSEDED,
            Optional.of(Head.flushed(mutation.id(), flushed)));
      }
      checkAge(mutation);
      ExistenceCheck.judge(
          mutation,
          previous,
          () -> before.visible().flatMap(Version::vector).equals(mutation.content()));
      var version = stamped(mutation, previous).version();
      boolean settled = !mutation.time().isStamped() || isSettled(stamp);
      keep(before.with(version, settled));
      return applied(mutation.id(), keptOf(mutation.id()).standing(version.stamp()), previous);
    });
  }

  @Override
  public CompletionStage<Void> revoke(VoidMark mark, CallContext context) {
    return answer(() -> {
      checkWritable();
      undo(mark);
      return null;
    });
  }

  @Override
  public CompletionStage<Void> settle(Stamp settled, CallContext context) {
    return answer(() -> {
      checkWritable();
      settledUpTo.merge(
          settled.writer(), settled, (old, now) -> old.compareTo(now) >= 0 ? old : now);
      kept.replaceAll((_, all) -> all.settled(this::isSettled));
      return null;
    });
  }

  @Override
  public CompletionStage<Void> flush(Stamp upTo, CallContext context) {
    return answer(() -> {
      checkWritable();
      var stamp = upTo.isNone() ? clock.next() : upTo;
      checkClock(new WriteTime(new Timestamp(0), WriteTime.Source.SERVER, stamp, Stamp.NONE));
      if (!isFlushed(stamp)) {
        flushed = stamp;
        kept.replaceAll((_, all) -> all.after(stamp));
        forgetEmpty();
        linked.retainAll(kept.keySet());
        writtenSinceLinking = true;
      }
      return null;
    });
  }

  @Override
  public CompletionStage<Void> trim(Horizon horizon, CallContext context) {
    return answer(() -> {
      checkWritable();
      trimmed = trimmed.compareTo(horizon.upTo()) >= 0 ? trimmed : horizon.upTo();
      long known = horizon.knownIn(log);
      kept.replaceAll((id, all) -> history.lastOf(id) <= known ? all.trimmed(horizon.upTo()) : all);
      forgetEmpty();
      return null;
    });
  }

  @Override
  public CompletionStage<List<VectorId>> drop(List<Head> copies, CallContext context) {
    return answer(() -> {
      checkWritable();
      var dropped = copies.stream().filter(copy -> keptOf(copy.id()).isDroppable(copy)).toList();
      dropped.forEach(copy -> kept.computeIfPresent(copy.id(), (_, all) -> all.dropped()));
      forgetEmpty();
      return dropped.stream().map(Head::id).toList();
    });
  }

  /** Up to where removals and undos may be forgotten. */
  public synchronized Stamp trimmed() {
    return trimmed;
  }

  @Override
  public CompletionStage<Kept> find(VectorId id, CallContext context) {
    return answer(() -> keptOf(id));
  }

  @Override
  public CompletionStage<SearchResult> search(SearchQuery query, CallContext context) {
    return answer(() -> {
      var vector = subject(query.subject());
      space.check(vector);
      var options = query.options();
      var hits =
          visible().stream()
              .map(version -> neighbor(version, vector))
              .filter(hit -> !options.hasRadius() || hit.distance() <= options.radius())
              .sorted(Neighbor.NEAREST_FIRST)
              .limit(options.num())
              .toList();
      return new SearchResult(hits, 1, 1);
    });
  }

  @Override
  public CompletionStage<IndexInfo> indexInfo(CallContext context) {
    return answer(() -> {
      var ids = visible().stream().map(Version::id).toList();
      long stored = ids.stream().filter(linked::contains).count();
      return new IndexInfo(stored, ids.size() - stored, false, false);
    });
  }

  @Override
  public CompletionStage<IndexDetail> indexDetail(CallContext context) {
    return indexInfo(context).thenApply(info -> new IndexDetail(Map.of(name, info), 1, 1));
  }

  /** There is no graph. */
  @Override
  public CompletionStage<Map<String, GraphStatistics>> statistics(CallContext context) {
    return answer(() -> {
      var empty = new Degrees(List.of((long) visible().size()));
      return Map.of(name, new GraphStatistics(empty, empty, visible().size(), 0, 0));
    });
  }

  @Override
  public CompletionStage<Map<String, IndexProperty>> properties(CallContext context) {
    return answer(() -> Map.of(name, new IndexProperty(space, 0, 0)));
  }

  @Override
  public CompletionStage<Void> maintain(Maintenance task, CallContext context) {
    return answer(() -> {
      switch (task) {
        case CREATE_INDEX -> link();
        case SAVE_INDEX -> {}
      }
      return null;
    });
  }

  @Override
  public CompletionStage<ChangeLogs> changeLogs(CallContext context) {
    return answer(
        () -> new ChangeLogs(List.of(new ChangeLog(log, name, history.end(), flushed)), List.of()));
  }

  @Override
  public CompletionStage<ChangePage> changesSince(
      ChangePosition position, int limit, CallContext context) {
    return answer(() -> {
      if (!position.log().equals(log)) {
        throw new NotFound(name + " has no change log " + position.log());
      }
      var changes =
          history.after(position.seq()).entrySet().stream()
              .limit(limit)
              .map(change -> new Change(change.getKey(), keptOf(change.getValue()).heads()))
              .toList();
      long next = changes.size() < limit ? history.end() : changes.getLast().seq();
      return new ChangePage(changes, new ChangePosition(log, next), history.end());
    });
  }

  @Override
  public CompletionStage<HeadPage> heads(HeadCursor cursor, int limit, CallContext context) {
    return answer(() -> {
      var heads =
          kept.keySet().stream()
              .filter(cursor::isBefore)
              .sorted(HeadCursor.ORDER)
              .limit(limit)
              .map(id -> kept.get(id).heads())
              .toList();
      return new HeadPage(
          heads,
          heads.size() < limit
              ? Optional.empty()
              : Optional.of(HeadCursor.behind(heads.getLast().id())));
    });
  }

  @Override
  public CompletionStage<List<KeptHeads>> lacking(List<KeptHeads> offered, CallContext context) {
    return answer(() ->
        offered.stream()
            .map(heads -> lacking(keptOf(heads.id()), heads.after(flushed)))
            .filter(heads -> !heads.isEmpty())
            .toList());
  }

  private KeptHeads lacking(Kept here, KeptHeads offered) {
    return here.lacking(
        offered
            .withoutSuperseded(stamp -> isSettled(stamp) && !here.marks().contains(stamp))
            .withoutForgotten(trimmed, here.heads()));
  }

  @Override
  public CompletionStage<List<Kept>> findAll(List<VectorId> ids, CallContext context) {
    return answer(() -> ids.stream().map(this::keptOf).toList());
  }

  private void forgetEmpty() {
    kept.values().removeIf(all -> all.entries().isEmpty() && all.marks().isEmpty());
    history.forget(id -> !kept.containsKey(id));
  }

  private synchronized <R> CompletionStage<R> answer(Supplier<R> call) {
    try {
      return CompletableFuture.completedStage(call.get());
    } catch (ValdException refused) {
      return CompletableFuture.failedStage(refused);
    }
  }

  private void checkWritable() {
    if (readOnly) {
      throw new Unavailable(name + " takes no writes");
    }
  }

  private void checkClock(WriteTime time) {
    if (time.isStamped() && !clock.observe(time.stamp())) {
      throw new FailedPrecondition("clock: stamp " + time.stamp() + " is too far ahead");
    }
  }

  private void checkAge(Mutation mutation) {
    var stamp = mutation.time().stamp();
    if (mutation.time().isStamped()
        && !mutation.condition().isUnconditional()
        && stamp.compareTo(trimmed) <= 0) {
      throw new FailedPrecondition(
          "stamp " + stamp + " is so old that its undo may have been forgotten");
    }
  }

  private void undoEarlierAttempt(Mutation mutation) {
    var earlier = mutation.time().voids();
    if (!earlier.isNone()) {
      undo(new VoidMark(mutation.id(), earlier));
    }
  }

  private void undo(VoidMark mark) {
    if (isFlushed(mark.stamp())) {
      return;
    }
    var before = keptOf(mark.id());
    if (before.find(mark.stamp()).filter(Kept.Entry::settled).isPresent()) {
      throw new FailedPrecondition("write " + mark.stamp() + " of " + mark.id() + " is settled");
    }
    keep(before.voided(mark.stamp()));
  }

  /** A time of ours is later than what is there, whoever gave that its time. */
  private Mutation stamped(Mutation mutation, Optional<Head> previous) {
    if (mutation.time().isStamped()) {
      return mutation;
    }
    var past = previous.map(Head::timestamp).orElse(new Timestamp(0));
    var stamp = mutation.time().isOfClient() ? clock.next() : clock.nextAfter(past);
    return mutation.at(mutation.time().stamped(stamp));
  }

  private boolean isSettled(Stamp stamp) {
    return stamp.compareTo(settledUpTo.getOrDefault(stamp.writer(), Stamp.NONE)) <= 0;
  }

  private boolean isFlushed(Stamp stamp) {
    return stamp.compareTo(flushed) <= 0;
  }

  private Kept keptOf(VectorId id) {
    return kept.getOrDefault(id, Kept.nothing(id));
  }

  private void keep(Kept now) {
    var before = kept.put(now.id(), now);
    if (before == null || !before.heads().equals(now.heads())) {
      history.changed(now.id());
    }
    if (before == null || !before.visible().equals(now.visible())) {
      linked.remove(now.id());
      writtenSinceLinking = true;
    }
  }

  private void link() {
    if (!writtenSinceLinking) {
      throw new FailedPrecondition("nothing was written since the index was created");
    }
    visible().forEach(version -> linked.add(version.id()));
    writtenSinceLinking = false;
  }

  private List<Version> visible() {
    return kept.values().stream().flatMap(all -> all.visible().stream()).toList();
  }

  private Vector subject(SearchQuery.Subject subject) {
    return switch (subject) {
      case SearchQuery.Subject.OfVector(var vector) -> vector;
      case SearchQuery.Subject.OfId(var id) ->
          keptOf(id)
              .visible()
              .flatMap(Version::vector)
              .orElseThrow(() -> new NotFound("uuid " + id + " not found"));
    };
  }

  private Neighbor neighbor(Version version, Vector query) {
    var vector = version.vector().orElseThrow();
    return new Neighbor(version.head(), ExactDistance.between(space.metric(), query, vector));
  }

  private Applied applied(VectorId id, Applied.Standing standing, Optional<Head> previous) {
    return new Applied(standing, previous, new Location(name, id, List.of("127.0.0.1")));
  }
}
