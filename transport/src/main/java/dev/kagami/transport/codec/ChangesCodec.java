package dev.kagami.transport.codec;

import dev.kagami.api.v1.FetchRequest;
import dev.kagami.api.v1.FetchResponse;
import dev.kagami.api.v1.HeadsRequest;
import dev.kagami.api.v1.HeadsResponse;
import dev.kagami.api.v1.KnownChanges;
import dev.kagami.api.v1.LackingRequest;
import dev.kagami.api.v1.LackingResponse;
import dev.kagami.api.v1.LogsResponse;
import dev.kagami.api.v1.SinceRequest;
import dev.kagami.api.v1.SinceResponse;
import dev.kagami.api.v1.TrimRequest;
import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.core.store.Change;
import dev.kagami.core.store.ChangeLog;
import dev.kagami.core.store.ChangeLogs;
import dev.kagami.core.store.ChangePage;
import dev.kagami.core.store.ChangePosition;
import dev.kagami.core.store.HeadCursor;
import dev.kagami.core.store.HeadPage;
import dev.kagami.core.store.Horizon;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.KeptHeads;
import dev.kagami.core.vector.VectorId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The messages of {@code kagami.v1.Changes} to values and back. */
public final class ChangesCodec {
  /** A Fetch is answered with as many ids as have room in this many bytes, and one at least. */
  private static final int FETCHED_BYTES = 8 << 20;

  private ChangesCodec() {}

  public static LogsResponse response(ChangeLogs logs) {
    var response = LogsResponse.newBuilder().addAllMissing(logs.missing());
    for (var log : logs.logs()) {
      response.addLogs(
          dev.kagami.api.v1.ChangeLog.newBuilder()
              .setIdentity(log.identity().toString())
              .setHolder(log.holder())
              .setEnd(log.end())
              .setFlushed(log.flushed().value()));
    }
    return response.build();
  }

  public static ChangeLogs logs(LogsResponse response) {
    return new ChangeLogs(
        response.getLogsList().stream()
            .map(log ->
                new ChangeLog(
                    uuid(log.getIdentity()),
                    log.getHolder(),
                    log.getEnd(),
                    Times.stamp(log.getFlushed())))
            .toList(),
        response.getMissingList());
  }

  public static TrimRequest request(Horizon horizon) {
    var request = TrimRequest.newBuilder().setStamp(horizon.upTo().value());
    for (var position : horizon.known()) {
      request.addKnown(
          KnownChanges.newBuilder().setLog(position.log().toString()).setSeq(position.seq()));
    }
    return request.build();
  }

  public static Horizon horizon(TrimRequest request) {
    return new Horizon(
        Times.stamp(request.getStamp()),
        request.getKnownList().stream().map(ChangesCodec::position).toList());
  }

  private static ChangePosition position(KnownChanges known) {
    return position(known.getLog(), known.getSeq());
  }

  public static SinceRequest request(ChangePosition position, int limit) {
    return SinceRequest.newBuilder()
        .setLog(position.log().toString())
        .setSeq(position.seq())
        .setLimit(limit)
        .build();
  }

  /**
   * Where a reader wants to go on.
   *
   * @throws InvalidArgument if that is no position
   */
  public static ChangePosition position(SinceRequest request) {
    return position(request.getLog(), request.getSeq());
  }

  private static ChangePosition position(String log, long seq) {
    if (seq < 0) {
      throw new InvalidArgument("seq", "seq " + seq + " is below 0");
    }
    return new ChangePosition(uuid(log), seq);
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException nonsense) {
      throw new InvalidArgument("log", "'" + text + "' is no identity of a change log");
    }
  }

  public static SinceResponse response(ChangePage page) {
    var response = SinceResponse.newBuilder().setNext(page.next().seq()).setEnd(page.end());
    for (var change : page.changes()) {
      response.addChanges(
          dev.kagami.api.v1.Change.newBuilder()
              .setSeq(change.seq())
              .setHeads(KeptCodec.message(change.heads())));
    }
    return response.build();
  }

  /**
   * The changes after {@code position}.
   *
   * @throws IllegalArgumentException if they are not in order, or lie outside of the page
   */
  public static ChangePage page(ChangePosition position, SinceResponse response) {
    var changes = new ArrayList<Change>(response.getChangesCount());
    long last = position.seq();
    for (var change : response.getChangesList()) {
      if (change.getSeq() <= last) {
        throw new IllegalArgumentException("change " + change.getSeq() + " after " + last);
      }
      last = change.getSeq();
      changes.add(new Change(last, KeptCodec.heads(change.getHeads())));
    }
    if (response.getNext() < last) {
      throw new IllegalArgumentException("next is " + response.getNext() + " after " + last);
    }
    var next = new ChangePosition(position.log(), response.getNext());
    return new ChangePage(changes, next, response.getEnd());
  }

  public static HeadsRequest request(HeadCursor cursor, int limit) {
    return HeadsRequest.newBuilder().setCursor(message(cursor)).setLimit(limit).build();
  }

  private static dev.kagami.api.v1.HeadCursor message(HeadCursor cursor) {
    return dev.kagami.api.v1.HeadCursor.newBuilder()
        .setHash(cursor.hash())
        .setAfter(cursor.after().map(VectorId::value).orElse(""))
        .build();
  }

  public static HeadCursor cursor(HeadsRequest request) {
    return cursor(request.getCursor());
  }

  private static HeadCursor cursor(dev.kagami.api.v1.HeadCursor cursor) {
    var after = cursor.getAfter();
    return new HeadCursor(
        cursor.getHash(), after.isEmpty() ? Optional.empty() : Optional.of(new VectorId(after)));
  }

  public static HeadsResponse response(HeadPage page) {
    var response = HeadsResponse.newBuilder();
    page.heads().forEach(heads -> response.addHeads(KeptCodec.message(heads)));
    page.next().ifPresent(next -> response.setNext(message(next)));
    return response.build();
  }

  /**
   * The ids from {@code cursor} on.
   *
   * @throws IllegalArgumentException if they are not in order
   */
  public static HeadPage page(HeadCursor cursor, HeadsResponse response) {
    var heads = response.getHeadsList().stream().map(KeptCodec::heads).toList();
    var at = cursor;
    for (var one : heads) {
      at = following(at, one.id());
    }
    return new HeadPage(
        heads, response.hasNext() ? Optional.of(cursor(response.getNext())) : Optional.empty());
  }

  private static HeadCursor following(HeadCursor at, VectorId id) {
    if (!at.isBefore(id)) {
      throw new IllegalArgumentException("uuid " + id + " is not in the order of hashes");
    }
    return HeadCursor.behind(id);
  }

  public static LackingRequest lackingRequest(List<KeptHeads> offered) {
    return LackingRequest.newBuilder()
        .addAllOffered(offered.stream().map(KeptCodec::message).toList())
        .build();
  }

  public static List<KeptHeads> offered(LackingRequest request) {
    return request.getOfferedList().stream().map(KeptCodec::heads).toList();
  }

  public static LackingResponse lackingResponse(List<KeptHeads> lacking) {
    return LackingResponse.newBuilder()
        .addAllLacking(lacking.stream().map(KeptCodec::message).toList())
        .build();
  }

  public static List<KeptHeads> lacking(LackingResponse response) {
    return response.getLackingList().stream().map(KeptCodec::heads).toList();
  }

  public static FetchRequest fetchRequest(List<VectorId> ids) {
    return FetchRequest.newBuilder().addAllIds(ids.stream().map(VectorId::value).toList()).build();
  }

  public static List<VectorId> ids(FetchRequest request) {
    return request.getIdsList().stream().map(VectorId::new).toList();
  }

  /** What is kept of the first ids, as many as one message should hold. */
  public static FetchResponse fetchResponse(List<Kept> kept) {
    var response = FetchResponse.newBuilder();
    int bytes = 0;
    for (var one : kept) {
      var message = KeptCodec.response(one);
      bytes += message.getSerializedSize();
      if (bytes > FETCHED_BYTES && response.getKeptCount() > 0) {
        break;
      }
      response.addKept(message);
    }
    return response.build();
  }

  /**
   * What is kept of the first of {@code ids}.
   *
   * @throws IllegalArgumentException if there are more answers than ids, or none at all
   */
  public static List<Kept> fetched(List<VectorId> ids, FetchResponse response) {
    int count = response.getKeptCount();
    if (count > ids.size() || count == 0) {
      throw new IllegalArgumentException(count + " answers about " + ids.size() + " ids");
    }
    var kept = new ArrayList<Kept>(count);
    for (int i = 0; i < count; i++) {
      kept.add(KeptCodec.kept(ids.get(i), response.getKept(i)));
    }
    return kept;
  }
}
