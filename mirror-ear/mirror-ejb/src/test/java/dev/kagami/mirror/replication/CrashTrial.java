package dev.kagami.mirror.replication;

import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.Version;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.VectorId;
import dev.kagami.mirror.compensation.CompensationJournal;
import dev.kagami.mirror.compensation.InMemoryCompensationJournal;
import dev.kagami.mirror.compensation.InMemoryCompensationJournal.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * One write whose origin dies after some of its effects; then another process of the same site
 * takes over with what the journal's disk holds. Tells which law was broken, if any.
 */
final class CrashTrial {
  private static final Duration RESTART = Duration.ofSeconds(2);
  private static final Duration LONG = Duration.ofSeconds(40);
  private static final List<String> SITES = List.of("A", "B", "C");

  /** What the write meets besides the crash. */
  enum Trouble {
    NONE,
    TARGET_REFUSES,
    TARGETS_ANSWER_IS_LOST,
    OWN_CLUSTER_REFUSES,
    OWN_CLUSTERS_ANSWER_IS_LOST,
    TARGET_DIFFERS,
    TARGET_HOLDS_SOMETHING_NEWER
  }

  /** How and when the first process, and the one after it, dies. */
  record Death(int effects, Link.InFlight inFlight, int survivors, int effectsOfSecond) {}

  private final Write write;
  private final Trouble trouble;
  private final Death death;
  private final Variant variant;
  private final World world = new World("B", "C");
  private final Fuse fuse;
  private Optional<Answer> told = Optional.empty();
  private List<Item> disk = List.of();

  CrashTrial(Write write, Trouble trouble, Death death, Variant variant) {
    this.write = write;
    this.trouble = trouble;
    this.death = death;
    this.variant = variant;
    this.fuse = new Fuse(death.effects());
  }

  /** How much the write does to the world, from its beginning until its end is settled. */
  static int effects(Write write, Trouble trouble) {
    var whole =
        new CrashTrial(
            write,
            trouble,
            new Death(Integer.MAX_VALUE, Link.InFlight.ARRIVE, 0, Integer.MAX_VALUE),
            Variant.RIGHT);
    whole.prepare();
    whole.die();
    return whole.fuse.effects();
  }

  /** What went wrong; nothing if all is well. */
  Optional<String> violation() {
    prepare();
    var before = world.visible();
    die();
    dieAgain();
    var last = start(Fuse.endless(), journal(Fuse.endless()));
    world.pass(LONG);
    var leftOver = last.leave().toCompletableFuture().isDone() ? "" : "something is still owed";
    return Stream.of(leftOver, judge(before), judgeStamps())
        .filter(fault -> !fault.isEmpty())
        .findFirst();
  }

  private void prepare() {
    var previous = new Fuse(Integer.MAX_VALUE);
    var journal = new InMemoryCompensationJournal(world.time(), World.FSYNC);
    if (write.needsOld()) {
      var origin = world.start("A", journal, previous, Link.InFlight.ARRIVE);
      world.until(origin.store().apply(Write.insertOld(), CallContext.UNBOUNDED));
      world.pass(Duration.ofSeconds(3));
    }
    previous.burn();
    disk = journal.afterCrash(Integer.MAX_VALUE);
    SITES.forEach(site -> world.bend(site, variant.bend(site.equals("A"))));
    switch (trouble) {
      case NONE -> {}
      case TARGET_REFUSES -> door("B", new Step.Refuse(RollbackTest.full()));
      case TARGETS_ANSWER_IS_LOST -> door("B", new Step.LoseAnswer());
      case OWN_CLUSTER_REFUSES -> door("A", new Step.Refuse(RollbackTest.full()));
      case OWN_CLUSTERS_ANSWER_IS_LOST -> door("A", new Step.LoseAnswer());
      case TARGET_DIFFERS -> makeDiffer();
      case TARGET_HOLDS_SOMETHING_NEWER -> putNewer();
    }
  }

  private void door(String site, Step step) {
    world.site(site).door().next(Call.APPLY, step);
  }

  private void makeDiffer() {
    put(write.needsOld() ? new Mutation.Remove(Write.ID, WriteTime.UNSTAMPED) : Write.insertOld());
  }

  private void putNewer() {
    var ahead = Timestamp.of(world.time().instant().plus(Duration.ofMinutes(5)));
    put(new Mutation.Upsert(Write.ID, Write.OLD, WriteTime.ofClient(ahead)));
  }

  private void put(Mutation mutation) {
    world.site("B").cluster().apply(mutation, CallContext.UNBOUNDED).toCompletableFuture().join();
    world.pass(Duration.ofMillis(1));
  }

  private void die() {
    var journal = inMemory(fuse);
    fuse.whenBurnt(() -> disk = journal.afterCrash(death.survivors()));
    if (fuse.isBurnt()) {
      return;
    }
    var origin = start(fuse, variant.journal(journal));
    var stage = Answer.of(origin.store().apply(write.mutation(), CallContext.UNBOUNDED));
    stage.thenAccept(answer -> fuse.run(() -> told = Optional.of(answer)));
    world.until(stage);
    world.pass(Duration.ofMillis(1100));
    if (!fuse.isBurnt()) {
      disk = journal.afterCrash(death.survivors());
      fuse.burn();
    }
    world.heal();
    world.pass(RESTART);
  }

  private void dieAgain() {
    var second = new Fuse(death.effectsOfSecond());
    if (second.isBurnt()) {
      return;
    }
    var journal = inMemory(second);
    second.whenBurnt(() -> disk = journal.afterCrash(death.survivors()));
    start(second, variant.journal(journal));
    world.pass(Duration.ofSeconds(5));
    if (!second.isBurnt()) {
      disk = journal.afterCrash(death.survivors());
      second.burn();
    }
    world.pass(RESTART);
  }

  private CompensationJournal journal(Fuse process) {
    return variant.journal(inMemory(process));
  }

  private InMemoryCompensationJournal inMemory(Fuse process) {
    return new InMemoryCompensationJournal(
        process.timers(world.time()), World.FSYNC, process::run, disk);
  }

  private Origin start(Fuse process, CompensationJournal journal) {
    return world.start("A", journal, process, death.inFlight());
  }

  /** All or nothing; all if the client was told OK, nothing if it was told an error. */
  private String judge(List<SortedMap<VectorId, Version>> before) {
    var after = world.visible();
    boolean nothing = after.equals(before);
    if (told.isEmpty()) {
      return nothing || standsBut(before) ? "" : "half done: " + after;
    }
    if (told.get().isOk()) {
      return standsEverywhere(after) ? "" : "acknowledged, yet not everywhere: " + after;
    }
    return nothing ? "" : "refused with " + told.get().error() + ", yet visible: " + after;
  }

  private boolean standsEverywhere(List<SortedMap<VectorId, Version>> after) {
    return Set.copyOf(after).size() == 1 && stands("A");
  }

  /** A newer version stays where it was: nobody was told that ours had won. */
  private boolean standsBut(List<SortedMap<VectorId, Version>> before) {
    var after = world.visible();
    return standsEverywhere(after)
        || (trouble == Trouble.TARGET_HOLDS_SOMETHING_NEWER
            && after.get(1).equals(before.get(1))
            && after.get(0).equals(after.get(2))
            && stands("A"));
  }

  private boolean stands(String site) {
    return world
        .visible(site, Write.ID)
        .flatMap(Version::vector)
        .equals(write.mutation().content());
  }

  /** No stamp is given twice, whatever was lost. */
  private String judgeStamps() {
    var seen = new ArrayList<Stamp>();
    for (var site : SITES) {
      world.site(site).door().mutations().forEach(sent -> seen.add(sent.time().stamp()));
    }
    var greatest = seen.stream().max(Stamp::compareTo).orElse(Stamp.NONE);
    var other = new VectorId("another-id");
    var next = start(Fuse.endless(), journal(Fuse.endless()));
    world.until(next.recovery().judged());
    world.until(
        next.store()
            .apply(
                new Mutation.Insert(other, Write.OLD, WriteTime.UNSTAMPED), CallContext.UNBOUNDED));
    return world
        .visible("A", other)
        .map(Version::stamp)
        .map(stamp ->
            stamp.compareTo(greatest) > 0 ? "" : "stamp " + stamp + " is not above " + greatest)
        .orElse("the process after the crash takes no write");
  }

  @Override
  public String toString() {
    return write + ", " + trouble + ", " + death + ", " + variant;
  }
}
