package dev.kagami.mirror.catchup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.store.ChangePosition;
import dev.kagami.mirror.catchup.PositionRepository.Reached;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What holds of positions and leases wherever they are kept. */
abstract class PositionRepositoryContract {
  static final UUID LOG = new UUID(1, 2);
  private static final UUID OTHER = new UUID(3, 4);

  /** Does something in a transaction of its own. */
  abstract <R> R at(Function<PositionRepository, R> work);

  @Test
  void savedPositions_areReadAsTheyWere() {
    var one = new ChangePosition(LOG, Long.MAX_VALUE);
    var two = new ChangePosition(OTHER, 0);

    renew(takeFirst("B"), one, two);

    assertThat(at(PositionRepository::positions))
        .containsExactlyInAnyOrder(new Reached("B", one), new Reached("B", two));
  }

  @Test
  void positionOfTheSameTargetAndLog_replacesTheOneBefore() {
    var renewed = renew(takeFirst("B"), new ChangePosition(LOG, 7));
    var now = new ChangePosition(LOG, 3);

    renew(renewed, now);

    assertThat(at(PositionRepository::positions)).containsExactly(new Reached("B", now));
  }

  @Test
  void forgottenTarget_hasNeitherPositionsNorLease_othersKeepTheirs() {
    renew(takeFirst("B"), new ChangePosition(LOG, 7));
    var other = renew(takeFirst("C"), new ChangePosition(LOG, 5));

    forget("B");

    assertThat(at(PositionRepository::positions))
        .containsExactly(new Reached("C", new ChangePosition(LOG, 5)));
    assertThat(at(PositionRepository::leases)).containsExactly(other);
  }

  @Test
  void leaseThatIsTaken_isNotTakenAsTheFirst() {
    var held = takeFirst("B");

    assertThat(this.<Boolean>at(rows -> rows.takeFirst("B", "mirror-2").isEmpty())).isTrue();
    assertThat(at(PositionRepository::leases)).containsExactly(held);
  }

  @Test
  void leaseThatWasRenewedMeanwhile_isNotTaken() {
    var seen = takeFirst("B");
    var renewed = renew(seen);

    assertThat(this.<Boolean>at(rows -> rows.take(seen, "mirror-2").isEmpty())).isTrue();
    assertThat(at(PositionRepository::leases)).containsExactly(renewed);
  }

  @Test
  void holderWhoseLeaseWasTaken_storesNothing() {
    var lost = renew(takeFirst("B"), new ChangePosition(LOG, 7));
    var taken = at(rows -> rows.take(lost, "mirror-2")).orElseThrow();

    var refused = at(rows -> rows.renew(lost, List.of(new ChangePosition(LOG, 9))));

    assertThat(refused).isEmpty();
    assertThat(taken).isEqualTo(new Lease("B", "mirror-2", lost.term() + 1, 0));
    assertThat(at(PositionRepository::positions))
        .containsExactly(new Reached("B", new ChangePosition(LOG, 7)));
  }

  /** Whoever brought it something before it was removed knows nothing of what it has now. */
  @Test
  void holderWhoseTargetWasForgotten_storesNothing() {
    var lost = takeFirst("B");
    forget("B");

    var refused = at(rows -> rows.renew(lost, List.of(new ChangePosition(LOG, 9))));

    assertThat(refused).isEmpty();
    assertThat(at(PositionRepository::positions)).isEmpty();
  }

  /** The new lease looks like the old one but for its holder. */
  @Test
  void leaseWasForgottenAndTakenByAnother_theFirstHolderStoresNothing() {
    var lost = takeFirst("B");
    forget("B");
    var taken = at(rows -> rows.takeFirst("B", "mirror-2")).orElseThrow();

    var refused = at(rows -> rows.renew(lost, List.of(new ChangePosition(LOG, 9))));

    assertThat(refused).isEmpty();
    assertThat(at(PositionRepository::leases)).containsExactly(taken);
    assertThat(at(PositionRepository::positions)).isEmpty();
  }

  private Lease takeFirst(String target) {
    return at(rows -> rows.takeFirst(target, "mirror-1")).orElseThrow();
  }

  private Lease renew(Lease lease, ChangePosition... reached) {
    return at(rows -> rows.renew(lease, List.of(reached))).orElseThrow();
  }

  private void forget(String target) {
    at(rows -> {
      rows.forget(target);
      return 0;
    });
  }
}
