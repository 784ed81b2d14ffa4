package dev.kagami.core.store;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.vector.VectorId;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What a store holds, told to who wants to hold the same: what changed since, and what there is.
 * Catching up, comparing, listing and correcting rest on it. As for {@link VectorStore}: no method
 * blocks, stages fail with {@link ValdException} only, any thread may call.
 */
public interface Changes {
  /** The most entries of a page, and the most ids of one question. */
  int MAX_PAGE = 1024;

  /** The change logs, an agent's one or those of all agents, and how far they go now. */
  CompletionStage<ChangeLogs> changeLogs(CallContext context);

  /**
   * The ids that changed after {@code position}, in the order of their last change, with all that
   * is kept of them. A change that a crash could still take back is not shown. An id that changes
   * again while pages are read comes once more, later.
   *
   * @param limit most changes of the page, 1 to {@value #MAX_PAGE}; greater ones are clamped
   * @throws ValdException.NotFound if the store has no log of that identity: everything in {@link
   *     #changeLogs} that is not known by its identity begins at {@link ChangePosition#beginning}
   */
  CompletionStage<ChangePage> changesSince(ChangePosition position, int limit, CallContext context);

  /**
   * The ids from {@code cursor} on in the order of their hashes, with what is kept of them as it is
   * when their page is read: no snapshot. An id that is there all the time comes once.
   *
   * @param limit most ids of the page, 1 to {@value #MAX_PAGE}; greater ones are clamped
   * @throws ValdException.Unavailable if an id could be missing because its holders are silent
   */
  CompletionStage<HeadPage> heads(HeadCursor cursor, int limit, CallContext context);

  /**
   * What of {@code offered} is not known here and would not be superseded at once. Ids of which
   * nothing is lacking are left out.
   *
   * @param offered at most {@value #MAX_PAGE}
   */
  CompletionStage<List<KeptHeads>> lacking(List<KeptHeads> offered, CallContext context);

  /**
   * All that is kept of many ids, as {@link VectorStore#find} tells of each, in the same order.
   *
   * @param ids at most {@value #MAX_PAGE}
   */
  CompletionStage<List<Kept>> findAll(List<VectorId> ids, CallContext context);
}
