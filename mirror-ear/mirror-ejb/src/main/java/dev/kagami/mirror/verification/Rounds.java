package dev.kagami.mirror.verification;

import static java.util.Objects.requireNonNull;

import dev.kagami.core.catchup.Progress;
import dev.kagami.core.clock.Scheduler;
import dev.kagami.core.error.ValdException.NotFound;
import dev.kagami.mirror.mesh.Mesh;
import dev.kagami.mirror.verification.Verification.State;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Compares every target with the own cluster again and again, one at a time; who is known to lack
 * something is left out. What differs is told and left as it is. Thread-safe; never blocks.
 *
 * <p>Life: constructed, {@link #start started} once, {@link #stop stopped} once.
 */
public final class Rounds {
  private static final System.Logger LOG = System.getLogger(Rounds.class.getName());

  private final Verifier verifier;
  private final Supplier<Mesh> mesh;
  private final Function<String, Optional<Progress>> progress;
  private final Scheduler scheduler;
  private final Duration interval;

  private volatile boolean stopped;

  /**
   * @param progress of the loop that brings a target what it lacks
   * @param interval from the end of a round to the next one; zero for none ever
   */
  public Rounds(
      Verifier verifier,
      Supplier<Mesh> mesh,
      Function<String, Optional<Progress>> progress,
      Scheduler scheduler,
      Duration interval) {
    this.verifier = requireNonNull(verifier, "verifier");
    this.mesh = requireNonNull(mesh, "mesh");
    this.progress = requireNonNull(progress, "progress");
    this.scheduler = requireNonNull(scheduler, "scheduler");
    this.interval = requireNonNull(interval, "interval");
  }

  /** The first round begins after one interval. */
  public void start() {
    if (!interval.isZero()) {
      scheduler.after(interval, this::round);
    }
  }

  /** Begins no further comparison. */
  public void stop() {
    stopped = true;
  }

  /**
   * Why {@code target} is not compared now; nothing if it can be, or is no target.
   *
   * @param target the name of a member
   */
  public Optional<String> obstacle(String target) {
    var now = mesh.get();
    return now.members().stream()
        .filter(member -> member.name().equals(target))
        .findFirst()
        .flatMap(member -> obstacle(member, now));
  }

  private Optional<String> obstacle(Mesh.Member member, Mesh now) {
    if (now.held().contains(member.name())) {
      return Optional.of("an operator holds it");
    }
    if (!member.isConnected()) {
      return Optional.of("it is " + member.phase());
    }
    return progress
        .apply(member.name())
        .map(Progress::lag)
        .filter(Duration::isPositive)
        .map(lag -> "it has lacked something for " + lag.toSeconds() + " s");
  }

  private void round() {
    next(new ArrayDeque<>(mesh.get().members()));
  }

  private void next(Queue<Mesh.Member> left) {
    if (stopped) {
      return;
    }
    var member = left.poll();
    if (member == null) {
      start();
    } else if (obstacle(member.name()).isPresent()) {
      next(left);
    } else {
      compare(member.name(), left);
    }
  }

  private void compare(String target, Queue<Mesh.Member> left) {
    try {
      var _ =
          verifier
              .compare(target)
              .thenAccept(result -> {
                tell(result);
                next(left);
              });
    } catch (NotFound removed) {
      next(left);
    }
  }

  /** What differs because the loop has come to a halt meanwhile is no news. */
  private void tell(Verification result) {
    if (result.state() == State.DIFFERENT && obstacle(result.target()).isEmpty()) {
      LOG.log(
          Level.WARNING,
          "Target {0} and this site show {1} ids differently and nothing brings them together; "
              + "compare them for the list, which says what to do",
          result.target(),
          result.count());
    } else if (result.state() == State.GIVEN_UP) {
      LOG.log(
          Level.INFO, "Target {0} could not be compared: {1}", result.target(), result.trouble());
    }
  }
}
