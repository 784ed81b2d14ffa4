package dev.kagami.mirror.simulation;

import dev.kagami.core.error.ErrorDetail;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** One write of a client, and what it was told. */
final class Operation {
  private final SimulatedProcess process;
  private final String origin;
  private final Mutation request;
  private Needs needs;
  private final Instant begun;
  private final List<Stamp> stamps = new ArrayList<>();
  private Ending ending = Ending.NOT_YET;
  private Optional<ValdException> error = Optional.empty();
  private Instant ended = Instant.MAX;

  /**
   * Who has to hold a write that is acknowledged.
   *
   * @param sites of these
   * @param least so many, the origin's own among them
   */
  record Needs(SortedSet<String> sites, int least) {
    Needs {
      sites = Collections.unmodifiableSortedSet(new TreeSet<>(sites));
    }
  }

  /** What the client knows. */
  enum Ending {
    NOT_YET,
    OK,
    ERROR,
    /** It was told so, or told nothing. */
    UNKNOWN
  }

  /**
   * @param process that was asked
   * @param origin its site
   * @param needs what an OK has to mean
   */
  Operation(SimulatedProcess process, String origin, Mutation request, Needs needs, Instant begun) {
    this.process = process;
    this.origin = origin;
    this.request = request;
    this.needs = needs;
    this.begun = begun;
  }

  boolean isOf(SimulatedProcess asked, Mutation write) {
    return process == asked
        && request.id().equals(write.id())
        && request.getClass() == write.getClass();
  }

  void needOneLess() {
    needs = new Needs(needs.sites(), Math.max(1, needs.least() - 1));
  }

  void sent(Stamp stamp) {
    stamps.add(stamp);
  }

  void end(Optional<ValdException> told, Instant now) {
    error = told;
    ended = now;
    ending =
        told.map(failure ->
                failure.getMessage().contains("the outcome is unknown")
                    ? Ending.UNKNOWN
                    : Ending.ERROR)
            .orElse(Ending.OK);
  }

  /** Nobody will answer any more. */
  void die() {
    if (ending == Ending.NOT_YET) {
      ending = Ending.UNKNOWN;
    }
  }

  SimulatedProcess process() {
    return process;
  }

  String origin() {
    return origin;
  }

  Needs needs() {
    return needs;
  }

  Mutation request() {
    return request;
  }

  Ending ending() {
    return ending;
  }

  ValdException error() {
    return error.orElseThrow();
  }

  /** OK, UNKNOWN, or the code of the answer. */
  String endingWord() {
    return ending == Ending.ERROR ? error().code().toString() : ending.toString();
  }

  /** What the client was told. */
  String answer() {
    return error.map(ValdException::getMessage).orElse("OK");
  }

  Instant begun() {
    return begun;
  }

  Instant ended() {
    return ended;
  }

  /** All transactions that were tried for it, in order. */
  List<Stamp> stamps() {
    return List.copyOf(stamps);
  }

  /** What the client may read of each site. */
  Map<String, String> details() {
    var told = new LinkedHashMap<String, String>();
    for (var detail : error().details()) {
      if (detail instanceof ErrorDetail.TargetOutcome(var target, var outcome)) {
        told.put(target.equals("own cluster") ? origin : target, outcome);
      }
    }
    return told;
  }

  @Override
  public String toString() {
    return request.getClass().getSimpleName()
        + " of "
        + request.id()
        + " at "
        + origin
        + " "
        + stamps
        + ", "
        + ending
        + error
            .map(failure -> " (" + failure.code() + ": " + failure.getMessage() + ")")
            .orElse("");
  }
}
