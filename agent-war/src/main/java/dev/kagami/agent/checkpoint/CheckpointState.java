package dev.kagami.agent.checkpoint;

import dev.kagami.agent.log.LogPosition;
import dev.kagami.core.store.Stamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a checkpoint says of itself.
 *
 * @param position up to where of the log it holds everything
 * @param log which log that is; empty if there is no checkpoint
 * @param lastChange the log's number of the last version or mark, kept or not
 * @param greatest the greatest stamp seen
 * @param flushed up to where everything was removed for good
 * @param trimmed up to where removals and undos may be forgotten
 * @param settled how far the stamps of each writer are decided
 * @param graph the name of the graph's file, if there is one
 */
public record CheckpointState(
    LogPosition position,
    Optional<UUID> log,
    long lastChange,
    Stamp greatest,
    Stamp flushed,
    Stamp trimmed,
    Collection<Stamp> settled,
    Optional<String> graph) {
  /** There is no checkpoint. */
  public static final CheckpointState NONE =
      new CheckpointState(
          LogPosition.START,
          Optional.empty(),
          0,
          Stamp.NONE,
          Stamp.NONE,
          Stamp.NONE,
          List.of(),
          Optional.empty());

  private static final String SEQ = "seq";
  private static final String GENERATION = "generation";
  private static final String LOG = "log";
  private static final String LAST_CHANGE = "last-change";
  private static final String GREATEST = "greatest-stamp";
  private static final String FLUSHED = "flushed-stamp";
  private static final String TRIMMED = "trimmed-stamp";
  private static final String SETTLED = "settled-stamps";
  private static final String GRAPH = "graph";

  public CheckpointState {
    settled = List.copyOf(settled);
  }

  /** The same beside another log, which begins here. */
  CheckpointState ofNoLog() {
    return new CheckpointState(
        position, Optional.empty(), lastChange, greatest, flushed, trimmed, settled, graph);
  }

  Map<String, String> encode() {
    var data = new HashMap<String, String>();
    data.put(SEQ, Long.toString(position.seq()));
    data.put(GENERATION, Long.toString(position.generation()));
    log.ifPresent(identity -> data.put(LOG, identity.toString()));
    data.put(LAST_CHANGE, Long.toString(lastChange));
    data.put(GREATEST, Long.toString(greatest.value()));
    data.put(FLUSHED, Long.toString(flushed.value()));
    data.put(TRIMMED, Long.toString(trimmed.value()));
    data.put(
        SETTLED,
        settled.stream().map(s -> Long.toString(s.value())).collect(Collectors.joining(" ")));
    graph.ifPresent(name -> data.put(GRAPH, name));
    return data;
  }

  static CheckpointState decode(Map<String, String> data) {
    return new CheckpointState(
        new LogPosition(number(data, SEQ), number(data, GENERATION)),
        Optional.ofNullable(data.get(LOG)).map(UUID::fromString),
        number(data, LAST_CHANGE),
        new Stamp(number(data, GREATEST)),
        new Stamp(number(data, FLUSHED)),
        new Stamp(number(data, TRIMMED)),
        Stream.of(data.getOrDefault(SETTLED, "").split(" "))
            .filter(text -> !text.isEmpty())
            .map(text -> new Stamp(Long.parseLong(text)))
            .toList(),
        Optional.ofNullable(data.get(GRAPH)));
  }

  private static long number(Map<String, String> data, String key) {
    return Long.parseLong(data.getOrDefault(key, "0"));
  }
}
