package dev.kagami.mirror.simulation;

import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Head;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.KeptHeads;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.Version;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.VectorId;
import dev.kagami.mirror.mesh.Dues;
import dev.kagami.mirror.mesh.TargetPhase;
import dev.kagami.mirror.simulation.Operation.Ending;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The laws of mirroring, as far as they are seen at an answer and at the end of a run. */
final class Laws {
  /** Two attempts of two rounds and an undo each, with a deadline for each of those, and more. */
  static final Duration LONGEST_ANSWER = Duration.ofSeconds(20);

  private final Map<String, SimulatedSite> sites = new TreeMap<>();
  private final History history;
  private int mostMissed;

  Laws(List<SimulatedSite> sites, History history) {
    sites.forEach(site -> this.sites.put(site.name(), site));
    this.history = history;
  }

  /** What has to hold in the instant in which a client is answered. */
  void atAnswer(Operation operation) {
    if (Duration.between(operation.begun(), operation.ended()).compareTo(LONGEST_ANSWER) > 0) {
      history.broken("law 5: it took too long: " + operation);
    }
    switch (operation.ending()) {
      case OK -> checkHeld(operation);
      case ERROR -> checkHonest(operation);
      case UNKNOWN, NOT_YET -> {}
    }
  }

  private void checkHeld(Operation operation) {
    if (operation.stamps().isEmpty()) {
      history.broken("law 6: acknowledged under the stamp of another write: " + operation);
      return;
    }
    var needs = operation.needs();
    var holders = needs.sites().stream().filter(site -> isHeld(operation, site)).toList();
    if (holders.size() < needs.least() || !holders.contains(operation.origin())) {
      history.broken("law 1: only " + holders + " hold what was acknowledged: " + operation);
    }
  }

  /** Looks on while {@code own}'s process brings targets what they missed. */
  Dues watched(SimulatedSite own, Dues dues) {
    return target -> {
      if (!sites.containsKey(target)) {
        history.broken(
            "law 1: " + own.name() + " sends to " + target + ", which it never admitted");
        return dues.bringTo(target);
      }
      var before = heads(own);
      return dues.bringTo(target)
          .thenApply(all -> {
            if (all) {
              checkBrought(own, target, before);
            }
            return all;
          });
    };
  }

  /** Laws 1 and 2: who counts as connected has everything that was there when it came back. */
  private void checkBrought(SimulatedSite own, String target, List<KeptHeads> before) {
    var now = heads(own).stream().collect(Collectors.toMap(KeptHeads::id, Function.identity()));
    var lacking =
        lacking(target, before).stream()
            .filter(each ->
                !each.marks().isEmpty()
                    || Optional.ofNullable(now.get(each.id())).stream()
                        .flatMap(there -> there.heads().stream())
                        .anyMatch(each.heads()::contains))
            .toList();
    if (!lacking.isEmpty()) {
      history.broken(
          "law 1: " + own.name() + " counts " + target + " as connected, which lacks " + lacking);
    }
  }

  /** Two sites hear each other again. */
  void reunited(SimulatedSite from, SimulatedSite to) {
    mostMissed = Math.max(mostMissed, lacking(to.name(), heads(from)).size());
  }

  /** In how many ids a site was behind that was behind most when it was heard again. */
  int mostMissed() {
    return mostMissed;
  }

  private List<KeptHeads> lacking(String site, List<KeptHeads> offered) {
    var cluster = sites.get(site).cluster();
    var all = cluster.lacking(offered, CallContext.UNBOUNDED).toCompletableFuture().join();
    return all.stream()
        .map(each -> remembered(each, cluster.trimmed()))
        .filter(each -> !each.isEmpty())
        .toList();
  }

  /** Without what may have been forgotten. */
  private static KeptHeads remembered(KeptHeads all, Stamp trimmed) {
    return new KeptHeads(
        all.id(),
        all.heads().stream().filter(head -> !head.isForgettable(trimmed)).toList(),
        new TreeSet<>(all.marks()).tailSet(trimmed, false));
  }

  private static List<KeptHeads> heads(SimulatedSite site) {
    return site.cluster().contents().values().stream().map(Kept::heads).toList();
  }

  private boolean isHeld(Operation operation, String site) {
    var stamp = operation.stamps().getLast();
    var kept = kept(sites.get(site), operation.request().id());
    var version = Optional.ofNullable(history.versions().get(stamp));
    boolean held =
        kept.find(stamp).isPresent()
            || version.filter(each -> isReplaced(kept, each.head())).isPresent();
    return held && !kept.marks().contains(stamp);
  }

  private static boolean isReplaced(Kept kept, Head head) {
    return kept.entries().stream()
        .anyMatch(entry -> entry.settled() && entry.version().head().isNewerThan(head));
  }

  /** Where the client reads that the write is rolled back, it is. */
  private void checkHonest(Operation operation) {
    if (operation.error().getMessage().contains("a fault")) {
      history.broken("law 6: a fault of the mirror's own: " + operation);
    }
    operation
        .details()
        .forEach((site, told) -> {
          var kept = kept(sites.get(site), operation.request().id());
          boolean undone = kept.marks().containsAll(operation.stamps());
          if (told.contains("; rolled back: ") && !undone) {
            history.broken("law 6: " + site + " is told to be rolled back: " + operation);
          }
        });
  }

  /** What has to hold when all faults are over and everything has had its time. */
  Optional<String> atTheEnd(Random random) {
    sites.values().forEach(this::checkDone);
    history.operations().forEach(this::checkEnd);
    var ids = new TreeSet<VectorId>();
    sites.values().forEach(site -> ids.addAll(site.cluster().contents().keySet()));
    ids.forEach(this::checkConverged);
    ids.forEach(this::checkNewest);
    sites.values().forEach(this::checkForgotten);
    checkOrder(random);
    checkRepetition(random);
    return history.violation();
  }

  private void checkDone(SimulatedSite site) {
    var process = site.process();
    if (process.isEmpty()) {
      history.broken("the run itself is wrong: " + site.name() + " has no process at the end");
      return;
    }
    var origin = process.get().origin();
    if (origin.recovery().undecided() > 0) {
      history.broken("law 6: " + site.name() + " has left a crash undecided");
    }
    process.get().mesh().statuses().stream()
        .filter(target -> target.phase() != TargetPhase.CONNECTED)
        .forEach(target -> history.broken("law 4: " + site.name() + " ends with " + target));
    if (origin.compensator().owed() > 0) {
      history.broken("law 1: " + site.name() + " owes something that nobody takes");
    }
  }

  private void checkEnd(Operation operation) {
    switch (operation.ending()) {
      case NOT_YET -> history.broken("law 5: never answered: " + operation);
      case ERROR -> operation.stamps().forEach(stamp -> checkNowhere(operation, stamp));
      case OK -> {
        var stamps = operation.stamps();
        stamps.subList(0, stamps.size() - 1).forEach(stamp -> checkNowhere(operation, stamp));
        checkNotLost(operation, stamps.getLast());
      }
      case UNKNOWN -> {}
    }
  }

  private void checkNowhere(Operation operation, Stamp stamp) {
    for (var site : sites.values()) {
      if (kept(site, operation.request().id()).find(stamp).isPresent()) {
        history.broken("law 1: " + site.name() + " holds a write that failed: " + operation);
      }
    }
  }

  private void checkNotLost(Operation operation, Stamp stamp) {
    var head = Optional.ofNullable(history.versions().get(stamp)).map(Version::head);
    for (var site : sites.values()) {
      var kept = kept(site, operation.request().id());
      boolean lost =
          head.isEmpty()
              || kept.marks().contains(stamp)
              || newest(site, kept).filter(now -> !head.get().isNewerThan(now)).isEmpty();
      if (lost) {
        history.broken("law 2: " + site.name() + " has lost an acknowledged write: " + operation);
      }
    }
  }

  /** Of what is kept, or else the removal that may have been forgotten. */
  private Optional<Head> newest(SimulatedSite site, Kept kept) {
    return kept.newest()
        .map(Version::head)
        .or(() ->
            history.newest(kept.id()).filter(head -> head.isForgettable(site.cluster().trimmed())));
  }

  /** What nobody needs is not kept for ever. */
  private void checkForgotten(SimulatedSite site) {
    var trimmed = site.cluster().trimmed();
    site.cluster().contents().values().stream()
        .filter(kept -> !kept.trimmed(trimmed).equals(kept))
        .forEach(kept -> history.broken("it grows: " + site.name() + " remembers " + kept));
  }

  private void checkConverged(VectorId id) {
    var states = new TreeMap<String, Optional<Version>>();
    sites.forEach((name, site) -> states.put(name, kept(site, id).visible()));
    if (new HashSet<>(states.values()).size() > 1) {
      history.broken("law 4: the sites differ in " + id + ": " + states);
    }
  }

  /** What stands is of a write that may stand. */
  private void checkNewest(VectorId id) {
    for (var site : sites.values()) {
      kept(site, id)
          .newest()
          .flatMap(version -> history.of(version.stamp()))
          .filter(operation -> operation.ending() == Ending.ERROR)
          .ifPresent(operation ->
              history.broken("law 1: " + site.name() + " shows what failed: " + operation));
    }
  }

  /** Law 8: the same versions and marks, in another order, lead to the same. */
  private void checkOrder(Random random) {
    var writer = new WriterNumber(15, WriterNumber.AGENT);
    var other = new InMemoryVectorStore("another", SimulatedProcess.SPACE, writer, lateClock());
    var messages = new ArrayList<Runnable>();
    for (var version : history.versions().values()) {
      messages.add(() -> other.apply(asItIs(version), CallContext.UNBOUNDED));
    }
    for (var mark : history.marks()) {
      messages.add(() -> other.revoke(mark, CallContext.UNBOUNDED));
    }
    Collections.shuffle(messages, random);
    messages.forEach(Runnable::run);
    for (var site : sites.values()) {
      for (var kept : site.cluster().contents().values()) {
        var there = other.contents().getOrDefault(kept.id(), Kept.nothing(kept.id()));
        if (!there.visible().equals(kept.visible())) {
          history.broken(
              "law 8: in another order "
                  + kept.id()
                  + " is "
                  + there.visible()
                  + ", not "
                  + kept.visible()
                  + " as at "
                  + site.name());
        }
      }
    }
  }

  /** Law 7: what has come once may come again, and changes nothing. */
  private void checkRepetition(Random random) {
    var versions = List.copyOf(history.versions().values());
    var marks = List.copyOf(history.marks());
    for (var site : sites.values()) {
      var before = site.cluster().contents();
      var trimmed = site.cluster().trimmed();
      for (int i = 0; i < 50; i++) {
        some(versions, random)
            .filter(version -> version.stamp().compareTo(trimmed) > 0)
            .ifPresent(version -> site.cluster().apply(asItIs(version), CallContext.UNBOUNDED));
        some(marks, random)
            .filter(mark -> mark.stamp().compareTo(trimmed) > 0)
            .ifPresent(mark -> site.cluster().revoke(mark, CallContext.UNBOUNDED));
      }
      var after = site.cluster().contents();
      before.forEach((id, kept) -> {
        if (!after.get(id).visible().equals(kept.visible())) {
          history.broken("law 7: repetition has changed " + id + " at " + site.name());
        }
      });
    }
  }

  private static <T> Optional<T> some(List<T> all, Random random) {
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
  }

  private static Mutation asItIs(Version version) {
    var time = WriteTime.ofClient(version.timestamp()).stamped(version.stamp());
    return version
        .vector()
        .<Mutation>map(vector -> new Mutation.Upsert(version.id(), vector, time))
        .orElseGet(() -> new Mutation.Remove(version.id(), time))
        .unconditional();
  }

  /** So late that no stamp is ahead of it. */
  private static InstantSource lateClock() {
    return InstantSource.fixed(Instant.parse("2100-01-01T00:00:00Z"));
  }

  private static Kept kept(SimulatedSite site, VectorId id) {
    return site.cluster().find(id, CallContext.UNBOUNDED).toCompletableFuture().join();
  }
}
