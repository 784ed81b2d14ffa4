package dev.kagami.mirror.catchup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.store.ChangePosition;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeptPositionsTest {
  private static final UUID LOG = new UUID(1, 2);

  private final KeptPositions positions = new KeptPositions();

  @Test
  void positionThatMoved_isStoredOnce() {
    positions.reached(at(0), at(7));

    assertThat(positions.in(LOG)).isEqualTo(at(7));
    assertThat(positions.takeUnsaved()).containsExactly(at(7));
    assertThat(positions.takeUnsaved()).isEmpty();
  }

  /** What was acknowledged then says nothing of what the target has now. */
  @Test
  void positionsWereReplacedWhileAPageWasSent_itsEndIsNotTakenOver() {
    positions.reached(at(0), at(7));

    positions.replace(List.of());
    positions.reached(at(7), at(9));

    assertThat(positions.in(LOG)).isEqualTo(at(0));
    assertThat(positions.takeUnsaved()).isEmpty();
  }

  private static ChangePosition at(long seq) {
    return new ChangePosition(LOG, seq);
  }
}
