package dev.kagami.core.store;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.vector.VectorId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A store whose troubles are scripted: each {@link Call} first plays the steps that were lined up
 * for it, one a call, then the step for all calls if there is one, and otherwise passes to the
 * store behind. Counts calls and keeps the mutations and marks that it was sent. Thread-safe.
 */
public final class ScriptedVectorStore implements VectorStore {
  /** The methods of the port. */
  public enum Call {
    APPLY,
    REVOKE,
    SETTLE,
    TRIM,
    DROP,
    FIND,
    SEARCH,
    INDEX_INFO,
    MAINTAIN,
    CHANGE_LOGS,
    CHANGES_SINCE,
    HEADS,
    LACKING,
    FIND_ALL,
    FLUSH,
    INDEX_DETAIL,
    STATISTICS,
    PROPERTIES
  }

  /** What happens to one call. */
  public sealed interface Step {
    /** Goes through as if nothing were scripted. */
    record Pass() implements Step {}

    /** Answers with the error; the store behind is not asked. */
    record Refuse(ValdException answer) implements Step {}

    /** Reaches nobody and is never answered. */
    record LoseRequest() implements Step {}

    /** Is done behind, but never answered. */
    record LoseAnswer() implements Step {}

    /** Is done behind, then answered with the error, as when a connection is cut. */
    record DoThenFail(ValdException answer) implements Step {}

    /** Is done behind only once {@code gate} is completed. */
    record HoldRequest(CompletableFuture<Void> gate) implements Step {}

    /** Is done behind at once, but answered only once {@code gate} is completed. */
    record HoldAnswer(CompletableFuture<Void> gate) implements Step {}
  }

  private final VectorStore behind;

  // All state below is guarded by this.
  private final Map<Call, Queue<Step>> script = new EnumMap<>(Call.class);
  private final Map<Call, Integer> calls = new EnumMap<>(Call.class);
  private final List<Mutation> mutations = new ArrayList<>();
  private final List<VoidMark> marks = new ArrayList<>();
  private Optional<Step> always = Optional.empty();

  public ScriptedVectorStore(VectorStore behind) {
    this.behind = behind;
  }

  /** Lines up a step for the next call of this kind that has none yet. */
  public synchronized ScriptedVectorStore next(Call call, Step step) {
    script.computeIfAbsent(call, _ -> new ArrayDeque<>()).add(step);
    return this;
  }

  /** From now on every call without a step of its own plays this one. */
  public synchronized void always(Step step) {
    always = Optional.of(step);
  }

  /** Forgets all steps: every call passes again. */
  public synchronized void pass() {
    script.clear();
    always = Optional.empty();
  }

  /** How often the method was called, whatever became of it. */
  public synchronized int calls(Call call) {
    return calls.getOrDefault(call, 0);
  }

  /** What was sent to {@link #apply}, in order. */
  public synchronized List<Mutation> mutations() {
    return List.copyOf(mutations);
  }

  /** What was sent to {@link #revoke}, in order. */
  public synchronized List<VoidMark> marks() {
    return List.copyOf(marks);
  }

  @Override
  public CompletionStage<Applied> apply(Mutation mutation, CallContext context) {
    synchronized (this) {
      mutations.add(mutation);
    }
    return play(Call.APPLY, () -> behind.apply(mutation, context));
  }

  @Override
  public CompletionStage<Void> revoke(VoidMark mark, CallContext context) {
    synchronized (this) {
      marks.add(mark);
    }
    return play(Call.REVOKE, () -> behind.revoke(mark, context));
  }

  @Override
  public CompletionStage<Void> settle(Stamp settled, CallContext context) {
    return play(Call.SETTLE, () -> behind.settle(settled, context));
  }

  @Override
  public CompletionStage<Void> trim(Horizon horizon, CallContext context) {
    return play(Call.TRIM, () -> behind.trim(horizon, context));
  }

  @Override
  public CompletionStage<List<VectorId>> drop(List<Head> copies, CallContext context) {
    return play(Call.DROP, () -> behind.drop(copies, context));
  }

  @Override
  public CompletionStage<Kept> find(VectorId id, CallContext context) {
    return play(Call.FIND, () -> behind.find(id, context));
  }

  @Override
  public CompletionStage<SearchResult> search(SearchQuery query, CallContext context) {
    return play(Call.SEARCH, () -> behind.search(query, context));
  }

  @Override
  public CompletionStage<IndexInfo> indexInfo(CallContext context) {
    return play(Call.INDEX_INFO, () -> behind.indexInfo(context));
  }

  @Override
  public CompletionStage<Void> maintain(Maintenance task, CallContext context) {
    return play(Call.MAINTAIN, () -> behind.maintain(task, context));
  }

  @Override
  public CompletionStage<Void> flush(Stamp upTo, CallContext context) {
    return play(Call.FLUSH, () -> behind.flush(upTo, context));
  }

  @Override
  public CompletionStage<IndexDetail> indexDetail(CallContext context) {
    return play(Call.INDEX_DETAIL, () -> behind.indexDetail(context));
  }

  @Override
  public CompletionStage<Map<String, GraphStatistics>> statistics(CallContext context) {
    return play(Call.STATISTICS, () -> behind.statistics(context));
  }

  @Override
  public CompletionStage<Map<String, IndexProperty>> properties(CallContext context) {
    return play(Call.PROPERTIES, () -> behind.properties(context));
  }

  @Override
  public CompletionStage<ChangeLogs> changeLogs(CallContext context) {
    return play(Call.CHANGE_LOGS, () -> behind.changeLogs(context));
  }

  @Override
  public CompletionStage<ChangePage> changesSince(
      ChangePosition position, int limit, CallContext context) {
    return play(Call.CHANGES_SINCE, () -> behind.changesSince(position, limit, context));
  }

  @Override
  public CompletionStage<HeadPage> heads(HeadCursor cursor, int limit, CallContext context) {
    return play(Call.HEADS, () -> behind.heads(cursor, limit, context));
  }

  @Override
  public CompletionStage<List<KeptHeads>> lacking(List<KeptHeads> offered, CallContext context) {
    return play(Call.LACKING, () -> behind.lacking(offered, context));
  }

  @Override
  public CompletionStage<List<Kept>> findAll(List<VectorId> ids, CallContext context) {
    return play(Call.FIND_ALL, () -> behind.findAll(ids, context));
  }

  private <R> CompletionStage<R> play(Call call, Supplier<CompletionStage<R>> request) {
    return switch (step(call)) {
      case Step.Pass() -> request.get();
      case Step.Refuse(var answer) -> CompletableFuture.failedStage(answer);
      case Step.LoseRequest() -> new CompletableFuture<>();
      case Step.LoseAnswer() -> answered(request).thenCompose(_ -> new CompletableFuture<>());
      case Step.DoThenFail(var answer) ->
          answered(request).thenCompose(_ -> CompletableFuture.failedStage(answer));
      case Step.HoldRequest(var gate) -> gate.thenCompose(_ -> request.get());
      case Step.HoldAnswer(var gate) -> {
        var answer = request.get();
        yield gate.thenCompose(_ -> answer);
      }
    };
  }

  /** Ends normally however the request ends, so that its own failure does not show. */
  private static CompletionStage<Void> answered(Supplier<? extends CompletionStage<?>> request) {
    return request.get().handle((_, _) -> null);
  }

  private synchronized Step step(Call call) {
    calls.merge(call, 1, Integer::sum);
    var lined = script.getOrDefault(call, new ArrayDeque<>()).poll();
    return lined != null ? lined : always.orElseGet(Step.Pass::new);
  }
}
