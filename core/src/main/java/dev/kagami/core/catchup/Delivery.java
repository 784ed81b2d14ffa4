package dev.kagami.core.catchup;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Change;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.KeptHeads;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.VectorStore;
import dev.kagami.core.store.Version;
import dev.kagami.core.store.VoidMark;
import dev.kagami.core.store.WriteTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Brings one page of changes. 1. Offers the heads. 2. Reads the versions that the target says it
 * lacks. 3. Sends those, and the marks that it lacks. What is not there any more when it is read
 * has changed again, so it comes with a later page.
 */
final class Delivery {
  private final VectorStore source;
  private final VectorStore target;
  private final Calls calls;

  /** What is sent to the target. */
  private sealed interface Message {
    record Put(Mutation version) implements Message {}

    record Mark(VoidMark mark) implements Message {}
  }

  Delivery(VectorStore source, VectorStore target, Calls calls) {
    this.source = source;
    this.target = target;
    this.calls = calls;
  }

  /** Ends when the target has all of it; fails if that is not known. */
  CompletionStage<Void> bring(List<Change> changes) {
    if (changes.isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    var offered = changes.stream().map(Change::heads).toList();
    return calls
        .ask(target, (there, call) -> there.lacking(offered, call))
        .thenCompose(this::supply);
  }

  private CompletionStage<Void> supply(List<KeptHeads> lacking) {
    if (lacking.isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    var ids = lacking.stream().map(KeptHeads::id).toList();
    return calls
        .ask(source, (here, call) -> here.findAll(ids, call))
        .thenApply(kept -> messages(lacking, kept))
        .thenCompose(messages -> calls.send(messages, this::send, Delivery::isHarmless));
  }

  private static List<Message> messages(List<KeptHeads> lacking, List<Kept> kept) {
    var messages = new ArrayList<Message>();
    for (int i = 0; i < lacking.size(); i++) {
      var id = lacking.get(i).id();
      for (var stamp : lacking.get(i).marks()) {
        messages.add(new Message.Mark(new VoidMark(id, stamp)));
      }
      for (var head : lacking.get(i).heads()) {
        kept.get(i)
            .find(head.stamp())
            .ifPresent(entry -> messages.add(new Message.Put(asItIs(entry.version()))));
      }
    }
    return messages;
  }

  private CompletionStage<Void> send(Message message, CallContext call) {
    return switch (message) {
      case Message.Put(var version) -> target.apply(version, call).thenAccept(_ -> {});
      case Message.Mark(var mark) -> target.revoke(mark, call);
    };
  }

  /** A version that was voided meanwhile is one that the target need not have. */
  private static boolean isHarmless(ValdException failure) {
    return failure.code() == ValdException.Code.ABORTED;
  }

  private static Mutation asItIs(Version version) {
    var time = WriteTime.ofClient(version.timestamp()).stamped(version.stamp());
    return version
        .vector()
        .<Mutation>map(vector -> new Mutation.Upsert(version.id(), vector, time))
        .orElseGet(() -> new Mutation.Remove(version.id(), time))
        .unconditional();
  }
}
