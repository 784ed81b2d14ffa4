package dev.kagami.agent.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.agent.checkpoint.Checkpoints;
import dev.kagami.agent.checkpoint.LuceneCheckpoints;
import dev.kagami.agent.log.MemoryLog;
import dev.kagami.core.Seed;
import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.store.Applied;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.ChangeLogs;
import dev.kagami.core.store.ChangePosition;
import dev.kagami.core.store.ForeignWriter;
import dev.kagami.core.store.Horizon;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.Maintenance;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.SearchOptions;
import dev.kagami.core.store.SearchQuery;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** The store beside the model of all stores: the same answers and the same content, always. */
class LuceneVectorStoreModelTest {
  private static final VectorSpace SPACE = new VectorSpace(3, Metric.L2);
  private static final CallContext PEER =
      new CallContext(CallContext.UNBOUNDED.deadline(), CallContext.Origin.PEER);
  private static final int STEPS = 400;
  private static final int IDS = 8;
  private static final int VECTORS = 5;

  private final Seed seed = Seed.next();
  private final Random random = new Random(seed.value());
  private final ControlledScheduler time = new ControlledScheduler();
  private final SteppingExecutor linker = new SteppingExecutor();
  private final List<ForeignWriter> writers =
      List.of(
          new ForeignWriter(new WriterNumber(15, 1), time),
          new ForeignWriter(new WriterNumber(15, 2), time));
  private final InMemoryVectorStore model =
      new InMemoryVectorStore("agent-1", SPACE, Stores.IDENTITY.writer(), time);

  /** Stamped writes that nobody has decided yet. */
  private final List<Mutation> undecided = new ArrayList<>();

  private final List<Mutation> accepted = new ArrayList<>();
  private final List<VoidMark> marks = new ArrayList<>();
  private MemoryLog log = new MemoryLog();
  private Checkpoints checkpoints = Checkpoints.NONE;
  private LuceneVectorStore store = Stores.open(log, SPACE, time, linker);

  @TempDir private Path folder;

  @RepeatedTest(20)
  void anythingHappens_answersAndContentEqualTheModels() {
    doAnything();
  }

  @RepeatedTest(20)
  void checkpointsAreSaved_answersAndContentEqualTheModels() {
    checkpoints = new LuceneCheckpoints(folder, SPACE);
    store = Stores.open(log, checkpoints, SPACE, time, linker);
    doAnything();
    checkpoints.close();
  }

  private void doAnything() {
    for (int step = 0; step < STEPS; step++) {
      time.advance(Duration.ofMillis(1));
      switch (random.nextInt(20)) {
        case 0 -> restart();
        case 1, 2 -> linker.runAll();
        case 3 -> settleOneWriter();
        case 4, 5, 6 -> revokeSomething();
        case 7, 8 -> writeDirectly();
        case 9 -> writeAgain();
        case 10 -> save();
        case 11 -> trim();
        case 12 -> drop();
        default -> writeStamped();
      }
      assertSame("step " + step);
    }
    restart();
    assertSame("the end");
  }

  /** Versions and marks of stamped writes, as often and in any order as they please. */
  @RepeatedTest(20)
  void sameChangesArriveInAnotherOrder_contentIsTheSame() {
    for (int step = 0; step < STEPS / 2; step++) {
      time.advance(Duration.ofMillis(1));
      if (random.nextInt(4) == 0) {
        revokeSomething();
      } else {
        writeStamped();
      }
    }
    var expected = contents(store);

    log = new MemoryLog();
    store = Stores.open(log, SPACE, time, linker);
    var changes = new ArrayList<Function<VectorStore, CompletionStage<?>>>();
    for (int twice = 0; twice < 2; twice++) {
      accepted.forEach(write -> changes.add(to -> to.apply(write.unconditional(), PEER)));
      marks.forEach(mark -> changes.add(to -> to.revoke(mark, PEER)));
    }
    Collections.shuffle(changes, random);
    changes.forEach(change -> answer(change.apply(store)));

    assertThat(contents(store)).as("%s", seed).isEqualTo(expected);
  }

  private void writeStamped() {
    var writer = writers.get(random.nextInt(writers.size()));
    var at = random.nextInt(3) == 0 ? writer.at(someTime()) : writer.now();
    if (random.nextInt(8) == 0 && !undecided.isEmpty()) {
      at = at.voiding(undecided.get(random.nextInt(undecided.size())).time().stamp());
    }
    var mutation = mutation(at);
    write(random.nextInt(3) == 0 ? mutation.unconditional() : mutation);
  }

  private void writeDirectly() {
    write(mutation(random.nextInt(3) == 0 ? WriteTime.ofClient(someTime()) : WriteTime.UNSTAMPED));
  }

  private void writeAgain() {
    if (!accepted.isEmpty()) {
      write(accepted.get(random.nextInt(accepted.size())));
    }
  }

  private void write(Mutation mutation) {
    var expected = answer(model.apply(mutation, PEER));
    var actual = answer(store.apply(mutation, PEER));
    assertThat(actual).as("%s of %s", mutation, seed).isEqualTo(expected);
    if (mutation.time().isStamped() && expected instanceof Applied) {
      undecided.add(mutation);
      accepted.add(mutation);
    }
    if (mutation.time().isStamped() && !mutation.time().voids().isNone()) {
      marks.add(new VoidMark(mutation.id(), mutation.time().voids()));
    }
  }

  private void revokeSomething() {
    var write =
        undecided.isEmpty() || random.nextInt(5) == 0
            ? mutation(writers.getFirst().now())
            : undecided.remove(random.nextInt(undecided.size()));
    var mark = new VoidMark(write.id(), write.time().stamp());
    assertThat(answer(store.revoke(mark, PEER)))
        .as("%s of %s", mark, seed)
        .isEqualTo(answer(model.revoke(mark, PEER)));
    marks.add(mark);
  }

  private void settleOneWriter() {
    var upTo =
        undecided.isEmpty()
            ? writers.getFirst().now().stamp()
            : undecided.get(random.nextInt(undecided.size())).time().stamp();
    assertThat(answer(store.settle(upTo, PEER))).isEqualTo(answer(model.settle(upTo, PEER)));
    undecided.removeIf(write -> isDecided(write.time().stamp(), upTo));
  }

  /** Everybody knows all; how much of it is old is left to chance. */
  private void trim() {
    var upTo =
        accepted.isEmpty() || random.nextInt(3) == 0
            ? writers.getFirst().now().stamp()
            : accepted.get(random.nextInt(accepted.size())).time().stamp();
    assertThat(answer(trim(store, upTo))).isEqualTo(answer(trim(model, upTo)));
  }

  /** The newest of some ids, among them what must stay. */
  private void drop() {
    var copies =
        model.contents().values().stream()
            .flatMap(kept -> kept.heads().newest().stream())
            .filter(_ -> random.nextInt(4) == 0)
            .toList();
    assertThat(answer(store.drop(copies, PEER))).isEqualTo(answer(model.drop(copies, PEER)));
  }

  private static CompletionStage<Void> trim(VectorStore store, Stamp upTo) {
    return store
        .changeLogs(PEER)
        .thenCompose(logs -> store.trim(new Horizon(upTo, ends(logs)), PEER));
  }

  private static List<ChangePosition> ends(ChangeLogs logs) {
    return logs.logs().stream().map(log -> new ChangePosition(log.identity(), log.end())).toList();
  }

  private static boolean isDecided(Stamp stamp, Stamp upTo) {
    return stamp.writer().equals(upTo.writer()) && stamp.compareTo(upTo) <= 0;
  }

  private Mutation mutation(WriteTime at) {
    var id = new VectorId("id-" + random.nextInt(IDS));
    var vector = Vector.of(random.nextInt(VECTORS), 1, 2);
    return switch (random.nextInt(5)) {
      case 0 -> new Mutation.Insert(id, vector, at);
      case 1 -> new Mutation.Update(id, vector, at);
      case 2 -> new Mutation.Remove(id, at);
      default -> new Mutation.Upsert(id, vector, at);
    };
  }

  /** A time that a client gave: somewhat before or after now. */
  private Timestamp someTime() {
    return Timestamp.of(time.instant().plusMillis(random.nextInt(-50, 50)));
  }

  /**
   * Replays the log into another store. Its clock knows only of stamps in the log, the model's also
   * of those that were refused; so time passes until neither matters.
   */
  private void restart() {
    time.advance(Duration.ofSeconds(1));
    store.close();
    checkpoints.close();
    log = log.restarted();
    if (checkpoints.isKept()) {
      checkpoints = new LuceneCheckpoints(folder, SPACE);
    }
    store = Stores.open(log, checkpoints, SPACE, time, linker);
  }

  private void save() {
    assertThat(store.maintain(Maintenance.SAVE_INDEX, PEER)).isCompleted();
  }

  private void assertSame(String when) {
    assertThat(contents(store)).as("%s, %s", when, seed).isEqualTo(model.contents());
    var query =
        new SearchQuery(
            new SearchQuery.Subject.OfVector(Vector.of(random.nextInt(VECTORS), 1, 1)),
            random.nextBoolean() ? SearchQuery.Method.GRAPH : SearchQuery.Method.LINEAR,
            SearchOptions.nearest(random.nextInt(1, IDS + 2)));
    assertThat(answer(store.search(query, PEER)))
        .as("%s, %s", when, seed)
        .isEqualTo(answer(model.search(query, PEER)));
    var info = store.indexInfo(PEER).toCompletableFuture().join();
    long visible =
        model.contents().values().stream().filter(LuceneVectorStoreModelTest::shows).count();
    assertThat(info.stored() + info.uncommitted()).as("%s, %s", when, seed).isEqualTo(visible);
  }

  private static boolean shows(Kept kept) {
    return kept.visible().isPresent();
  }

  private SortedMap<VectorId, Kept> contents(VectorStore store) {
    var all = new TreeMap<VectorId, Kept>();
    for (int i = 0; i < IDS; i++) {
      var id = new VectorId("id-" + i);
      var kept = store.find(id, PEER).toCompletableFuture().join();
      if (!kept.equals(Kept.nothing(id)) || model.contents().containsKey(id)) {
        all.put(id, kept);
      }
    }
    return all;
  }

  /** What a call was answered, or the code that it failed with. */
  private static Object answer(CompletionStage<?> call) {
    try {
      return Optional.<Object>ofNullable(call.toCompletableFuture().get()).orElse("done");
    } catch (ExecutionException failure) {
      return Map.of("code", ((ValdException) failure.getCause()).code());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }
}
