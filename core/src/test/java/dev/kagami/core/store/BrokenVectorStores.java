package dev.kagami.core.store;

import dev.kagami.core.error.ValdException.AlreadyExists;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Stores with one fault each, over one that has none. */
final class BrokenVectorStores {
  private BrokenVectorStores() {}

  /** Answers an undo without doing it. */
  static final class ForgetsUndo extends ForwardingVectorStore {
    ForgetsUndo(VectorStore sound) {
      super(sound);
    }

    @Override
    public CompletionStage<Void> revoke(VoidMark mark, CallContext context) {
      return CompletableFuture.completedStage(null);
    }
  }

  /** Ignores the undo of a write that has not come yet. */
  static final class ForgetsEarlyUndo extends ForwardingVectorStore {
    ForgetsEarlyUndo(VectorStore sound) {
      super(sound);
    }

    @Override
    public CompletionStage<Void> revoke(VoidMark mark, CallContext context) {
      return find(mark.id(), context)
          .thenCompose(kept ->
              kept.find(mark.stamp()).isPresent()
                  ? super.revoke(mark, context)
                  : CompletableFuture.completedStage(null));
    }
  }

  /** Keeps no more than the newest version. */
  static final class DropsBeneathAtOnce extends ForwardingVectorStore {
    DropsBeneathAtOnce(VectorStore sound) {
      super(sound);
    }

    @Override
    public CompletionStage<Applied> apply(Mutation mutation, CallContext context) {
      var stamp = mutation.time().stamp();
      return super.apply(mutation, context)
          .thenCompose(applied -> settle(stamp, context).thenApply(_ -> applied));
    }
  }

  /** Undoes as a Vald target has it undone: by writing the old vector once more. */
  static final class UndoesByInverse extends ForwardingVectorStore {
    private final Map<VectorId, Vector> old = new HashMap<>();

    UndoesByInverse(VectorStore sound) {
      super(sound);
    }

    @Override
    public CompletionStage<Applied> apply(Mutation mutation, CallContext context) {
      return find(mutation.id(), context)
          .thenCompose(kept -> {
            kept.visible().flatMap(Version::vector).ifPresent(v -> old.put(mutation.id(), v));
            return super.apply(mutation, context);
          });
    }

    @Override
    public CompletionStage<Void> revoke(VoidMark mark, CallContext context) {
      var vector = old.get(mark.id());
      var inverse =
          vector == null
              ? new Mutation.Remove(mark.id(), WriteTime.UNSTAMPED)
              : new Mutation.Update(mark.id(), vector, WriteTime.UNSTAMPED);
      return super.apply(inverse.unconditional(), context).thenApply(_ -> null);
    }
  }

  /** Judges a repeated stamp by what is there, itself included. */
  static final class MeetsItself extends ForwardingVectorStore {
    MeetsItself(VectorStore sound) {
      super(sound);
    }

    @Override
    public CompletionStage<Applied> apply(Mutation mutation, CallContext context) {
      return find(mutation.id(), context)
          .thenCompose(kept ->
              kept.find(mutation.time().stamp()).isPresent()
                  ? CompletableFuture.failedStage(new AlreadyExists("met itself"))
                  : super.apply(mutation, context));
    }
  }

  /** Takes every write for unconditional. */
  static final class ChecksNothing extends ForwardingVectorStore {
    ChecksNothing(VectorStore sound) {
      super(sound);
    }

    @Override
    public CompletionStage<Applied> apply(Mutation mutation, CallContext context) {
      return super.apply(mutation.unconditional(), context);
    }
  }

  /** Lets what is stamped go unnoticed by the clock: a user's write gets an old time. */
  static final class LagsBehind extends ForwardingVectorStore {
    LagsBehind(VectorStore sound) {
      super(sound);
    }

    @Override
    public CompletionStage<Applied> apply(Mutation mutation, CallContext context) {
      var time = mutation.time();
      return super.apply(
          time.isStamped() ? mutation : mutation.at(time.stamped(new Stamp(1L << 40))), context);
    }
  }

  /** Turns -0.0 into 0.0 and denormals into zeros, as some hardware modes do. */
  static final class FlushesToZero extends ForwardingVectorStore {
    FlushesToZero(VectorStore sound) {
      super(sound);
    }

    @Override
    public CompletionStage<Applied> apply(Mutation mutation, CallContext context) {
      return super.apply(
          switch (mutation) {
            case Mutation.Insert(var id, var vector, var time, var condition) ->
                new Mutation.Insert(id, flushed(vector), time, condition);
            case Mutation.Update(var id, var vector, var time, var condition) ->
                new Mutation.Update(id, flushed(vector), time, condition);
            case Mutation.Upsert(var id, var vector, var time, var condition) ->
                new Mutation.Upsert(id, flushed(vector), time, condition);
            case Mutation.Remove remove -> remove;
          },
          context);
    }

    private static Vector flushed(Vector vector) {
      var components = vector.toArray();
      for (int i = 0; i < components.length; i++) {
        if (Math.abs(components[i]) < Float.MIN_NORMAL) {
          components[i] = 0;
        }
      }
      return Vector.adopt(components);
    }
  }

  /** Takes one writer's settled stamp for everybody's. */
  static final class SettlesEverybody extends ForwardingVectorStore {
    SettlesEverybody(VectorStore sound) {
      super(sound);
    }

    @Override
    public CompletionStage<Void> settle(Stamp settled, CallContext context) {
      CompletionStage<Void> all = super.settle(settled, context);
      for (int process = 0; process <= WriterNumber.MAX_PROCESS; process++) {
        int writer = new WriterNumber(settled.writer().site(), process).bits();
        long nextTick = ((settled.value() >> Stamp.WRITER_BITS) + 1) << Stamp.WRITER_BITS;
        var theirs = new Stamp(nextTick | writer);
        all = all.thenCompose(_ -> super.settle(theirs, context));
      }
      return all;
    }
  }

  /** Takes all that it has for what everybody knows. */
  static final class ForgetsForEverybody extends ForwardingVectorStore {
    ForgetsForEverybody(VectorStore sound) {
      super(sound);
    }

    @Override
    public CompletionStage<Void> trim(Horizon horizon, CallContext context) {
      return changeLogs(context)
          .thenCompose(logs -> super.trim(new Horizon(horizon.upTo(), ends(logs)), context));
    }

    private static List<ChangePosition> ends(ChangeLogs logs) {
      return logs.logs().stream()
          .map(log -> new ChangePosition(log.identity(), log.end()))
          .toList();
    }
  }

  /** Drops the newest version of an id, whichever was meant. */
  static final class DropsAnything extends ForwardingVectorStore {
    DropsAnything(VectorStore sound) {
      super(sound);
    }

    @Override
    public CompletionStage<List<VectorId>> drop(List<Head> copies, CallContext context) {
      return findAll(copies.stream().map(Head::id).toList(), context)
          .thenCompose(all ->
              super.drop(
                  all.stream().flatMap(kept -> kept.heads().newest().stream()).toList(), context));
    }
  }

  /** Answers each search with what the one before it should have found. */
  static final class SearchesLate extends ForwardingVectorStore {
    private SearchResult last = new SearchResult(List.of(), 1, 1);

    SearchesLate(VectorStore sound) {
      super(sound);
    }

    @Override
    public CompletionStage<SearchResult> search(SearchQuery query, CallContext context) {
      var answer = last;
      return super.search(query, context)
          .thenApply(now -> {
            last = now;
            return answer;
          });
    }
  }

  /** Answers hits with the greatest distance first, as if it were a score. */
  static final class MistakesDistanceForScore extends ForwardingVectorStore {
    MistakesDistanceForScore(VectorStore sound) {
      super(sound);
    }

    @Override
    public CompletionStage<SearchResult> search(SearchQuery query, CallContext context) {
      return super.search(query, context)
          .thenApply(result -> {
            var hits = new ArrayList<>(result.neighbors());
            hits.sort(Collections.reverseOrder(Comparator.comparingDouble(Neighbor::distance)));
            return new SearchResult(hits, result.answered(), result.asked());
          });
    }
  }

  /** Tells changes without the marks. */
  static final class HidesMarks extends ForwardingVectorStore {
    HidesMarks(VectorStore sound) {
      super(sound);
    }

    @Override
    public CompletionStage<ChangePage> changesSince(
        ChangePosition position, int limit, CallContext context) {
      return super.changesSince(position, limit, context)
          .thenApply(page ->
              new ChangePage(
                  page.changes().stream().map(HidesMarks::unmarked).toList(),
                  page.next(),
                  page.end()));
    }

    private static Change unmarked(Change change) {
      var heads = change.heads();
      return new Change(
          change.seq(), new KeptHeads(heads.id(), heads.heads(), Collections.emptySortedSet()));
    }
  }

  /** Takes a page for the end of the list. */
  static final class EndsWithThePage extends ForwardingVectorStore {
    EndsWithThePage(VectorStore sound) {
      super(sound);
    }

    @Override
    public CompletionStage<HeadPage> heads(HeadCursor cursor, int limit, CallContext context) {
      return super.heads(cursor, limit, context)
          .thenApply(page -> new HeadPage(page.heads(), Optional.empty()));
    }
  }

  /** Takes every version that it does not hold for lacking. */
  static final class LacksWhatIsSuperseded extends ForwardingVectorStore {
    LacksWhatIsSuperseded(VectorStore sound) {
      super(sound);
    }

    @Override
    public CompletionStage<List<KeptHeads>> lacking(List<KeptHeads> offered, CallContext context) {
      var ids = offered.stream().map(KeptHeads::id).toList();
      return findAll(ids, context)
          .thenApply(kept -> {
            var lacking = new ArrayList<>(offered);
            lacking.removeIf(
                one -> kept.stream().anyMatch(k -> k.heads().heads().containsAll(one.heads())));
            return lacking;
          });
    }
  }
}
