package dev.kagami.transport.grpc;

import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.HeadCursor;
import dev.kagami.core.store.HeadPage;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.Version;
import dev.kagami.transport.codec.PayloadCodec;
import dev.kagami.transport.codec.StatusMapping;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.vdaas.vald.api.v1.payload.Object;

/**
 * All vectors of a store in one stream, by the hashes of their ids. A page is read only when the
 * client has taken the one before, so memory does not grow with the store, nor with a client that
 * does not read.
 *
 * <p>From no single moment: an id that is there all the time is told once, as it is when its page
 * is read; one that vanishes meanwhile is left out.
 */
final class ObjectList {
  /** About how many bytes of vectors a page has. */
  private static final int PAGE_BYTES = 1 << 20;

  private static final int FIRST_PAGE = 16;
  private static final int LARGEST_PAGE = 256;

  private final VectorStore store;
  private final CallContext call;
  private final ServerCallStreamObserver<Object.List.Response> answers;
  private final AtomicInteger signals = new AtomicInteger();
  private final AtomicReference<Optional<Page>> arrived = new AtomicReference<>(Optional.empty());
  private volatile boolean over;

  // Touched only by the one thread that is sending.
  private Iterator<Version> unsent = Collections.emptyIterator();
  private Optional<HeadCursor> next = Optional.of(HeadCursor.START);
  private int pageSize = FIRST_PAGE;
  private boolean reading;

  /** What was read, or why it could not be. */
  private record Page(
      List<Version> vectors, Optional<HeadCursor> next, Optional<Throwable> failure) {}

  ObjectList(
      VectorStore store, CallContext call, ServerCallStreamObserver<Object.List.Response> answers) {
    this.store = store;
    this.call = call;
    this.answers = answers;
  }

  /** Begins to read; call it once, while the call is being started. */
  void open() {
    answers.setOnReadyHandler(this::send);
    answers.setOnCancelHandler(() -> over = true);
    send();
  }

  /** One thread at a time sends; the others leave it a signal, and it looks again. */
  private void send() {
    if (signals.getAndIncrement() > 0) {
      return;
    }
    int seen = 1;
    do {
      if (!over) {
        sendUnsent();
      }
      seen = signals.addAndGet(-seen);
    } while (seen > 0);
  }

  private void sendUnsent() {
    arrived.getAndSet(Optional.empty()).ifPresent(this::take);
    while (unsent.hasNext() && answers.isReady()) {
      answers.onNext(response(unsent.next()));
    }
    if (over || reading || unsent.hasNext() || !answers.isReady()) {
      return;
    }
    if (next.isEmpty()) {
      over = true;
      answers.onCompleted();
    } else {
      reading = true;
      read(next.get());
    }
  }

  private void take(Page page) {
    reading = false;
    unsent = page.vectors().iterator();
    next = page.next();
    page.vectors().stream().findFirst().ifPresent(vector -> pageSize = sizeFor(vector));
    page.failure().ifPresent(this::fail);
  }

  private static int sizeFor(Version vector) {
    int bytes = vector.vector().orElseThrow().dimension() * Float.BYTES;
    return Math.clamp(PAGE_BYTES / bytes, 1, LARGEST_PAGE);
  }

  private void fail(Throwable thrown) {
    over = true;
    var failure = StatusMapping.failure(thrown);
    var told = failure.retold("StreamListObject API " + failure.getMessage(), failure.details());
    answers.onError(StatusMapping.toException(told));
  }

  private void read(HeadCursor cursor) {
    Answers.started(() -> store.heads(cursor, pageSize, call))
        .thenCompose(this::withVectors)
        .exceptionally(thrown -> new Page(List.of(), Optional.empty(), Optional.of(thrown)))
        .thenAccept(page -> {
          arrived.set(Optional.of(page));
          send();
        });
  }

  private CompletionStage<Page> withVectors(HeadPage page) {
    var ids =
        page.heads().stream()
            .flatMap(heads -> heads.visible().stream())
            .map(head -> head.id())
            .toList();
    var found =
        ids.isEmpty()
            ? CompletableFuture.completedStage(List.<Kept>of())
            : store.findAll(ids, call);
    return found.thenApply(kept ->
        new Page(
            kept.stream().flatMap(one -> one.visible().stream()).toList(),
            page.next(),
            Optional.empty()));
  }

  private static Object.List.Response response(Version version) {
    return Object.List.Response.newBuilder().setVector(PayloadCodec.vector(version)).build();
  }
}
