package dev.kagami.transport.grpc;

import dev.kagami.core.store.CallContext;
import java.util.concurrent.CompletionStage;

/** The answer to one request, whichever way the request came. */
@FunctionalInterface
interface Item<Q, A> {

  /**
   * Starts to answer.
   *
   * @throws dev.kagami.core.error.ValdException if the request is refused at once
   */
  CompletionStage<A> answer(Q request, CallContext call);
}
