package dev.kagami.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kagami.core.error.ValdException;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * What the suites of {@link VectorStoreContract} ask of a subclass, and the words that they are
 * written in. A subclass gives {@link #store()} and {@link #clock()}; the other hooks have answers
 * that fit a single store in real time.
 */
public interface StoreUnderTest {
  /** A call by another process of the mesh, as all stamped writes are. */
  CallContext PEER = new CallContext(Instant.MAX, CallContext.Origin.PEER);

  /** A call by a user, as all unstamped writes are. */
  CallContext USER = CallContext.UNBOUNDED;

  /** The id of tests that need but one. */
  VectorId ID = new VectorId("an-id");

  /** The longest wait for one answer. */
  int LIMIT_SECONDS = 20;

  /** The store under test: empty at the beginning of each test, the same one throughout it. */
  VectorStore store();

  /** The clock that the store goes by; foreign stamps are made from it. */
  InstantSource clock();

  /** What the store holds. Every metric will do; so will every dimension from 2 on. */
  default VectorSpace space() {
    return new VectorSpace(4, Metric.L2);
  }

  /**
   * The store as its process offers it, where bad input has to be refused. Override it where the
   * checks stand elsewhere, such as behind a wire.
   */
  default VectorStore front() {
    return new CheckedVectorStore(store(), space(), clock());
  }

  /** How many replicas of a vector {@link VectorStore#indexInfo} counts. */
  default int copies() {
    return 1;
  }

  /**
   * Whether the store accepts writes that another process stamped, and their undo. A store that
   * does not (one that keeps stamps to itself) overrides this with false, saying why; all tests
   * that need a {@link ForeignWriter} are then reported as skipped.
   */
  default boolean takesForeignStamps() {
    return true;
  }

  /**
   * Whether others may tell the store what to forget. One that decides on that itself overrides
   * this with false.
   */
  default boolean isTrimmedByOthers() {
    return true;
  }

  /**
   * Whether others may tell the store to let go of its copy. One that keeps several copies itself
   * overrides this with false.
   */
  default boolean isOneCopy() {
    return true;
  }

  /** Lets an origin that settles its own writes in the background do so now. */
  default void untilSettled() {}

  /**
   * The answer, or the {@link ValdException} that the stage ended with. A store in virtual time
   * overrides this and moves the time until the stage has ended.
   */
  default <R> R await(CompletionStage<R> stage) {
    try {
      return stage.toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof ValdException refused) {
        throw refused;
      }
      throw new AssertionError("a stage ended with something else", failure.getCause());
    } catch (TimeoutException late) {
      throw new AssertionError("no answer within " + LIMIT_SECONDS + " s", late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }

  // The words: not to be overridden.

  /** One of several origins elsewhere, numbered 1 to 15. They belong to a site number 15. */
  default ForeignWriter foreignWriter(int number) {
    assumeTrue(takesForeignStamps(), "this store keeps stamps to itself");
    return new ForeignWriter(new WriterNumber(WriterNumber.MAX_SITE, number), clock());
  }

  /** A vector of the space, the same one for the same number; all point different ways. */
  default Vector vector(int number) {
    var random = new SplittableRandom(number);
    var components = new float[space().dimension()];
    for (int i = 0; i < components.length; i++) {
      components[i] = (float) random.nextDouble(-1, 1);
    }
    return Vector.adopt(components);
  }

  default Applied apply(Mutation mutation) {
    return await(store().apply(mutation, contextOf(mutation)));
  }

  /** Expects that {@code mutation} is refused and that what was newest still is. */
  default ValdException refused(ValdException.Code code, Mutation mutation) {
    var before = find(mutation.id()).newest();
    var answer = refused(code, () -> store().apply(mutation, contextOf(mutation)));
    assertThat(find(mutation.id()).newest()).as("nothing changed").isEqualTo(before);
    return answer;
  }

  /** Expects that the call fails with {@code code}, at once or later. */
  default ValdException refused(ValdException.Code code, Supplier<CompletionStage<?>> call) {
    try {
      var answer = await(call.get());
      return fail("expected %s but the answer was %s", code, answer);
    } catch (ValdException refusal) {
      assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
      return refusal;
    }
  }

  default void revoke(VectorId id, Stamp stamp) {
    await(store().revoke(new VoidMark(id, stamp), PEER));
  }

  default void settle(Stamp stamp) {
    await(store().settle(stamp, PEER));
  }

  default Kept find(VectorId id) {
    return await(store().find(id, USER));
  }

  default Optional<Version> visible(VectorId id) {
    return find(id).visible();
  }

  /** Expects that exactly this vector is visible under the id. */
  default Version shown(VectorId id, Vector vector) {
    var version = visible(id);
    assertThat(version.flatMap(Version::vector)).as("visible under " + id).contains(vector);
    return version.orElseThrow();
  }

  private static CallContext contextOf(Mutation mutation) {
    return mutation.time().isStamped() ? PEER : USER;
  }
}
