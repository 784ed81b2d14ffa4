package dev.kagami.mirror.catchup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.store.ChangePosition;
import dev.kagami.mirror.TestDatabase;
import dev.kagami.mirror.catchup.PositionRepository.Reached;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JpaPositionRepositoryTest {
  private static final UUID LOG = new UUID(1, 2);
  private static final UUID OTHER = new UUID(3, 4);

  @RegisterExtension private static final TestDatabase database = new TestDatabase();

  @Test
  void savedPositions_areReadAsTheyWere() {
    var one = new Reached("B", new ChangePosition(LOG, Long.MAX_VALUE));
    var two = new Reached("B", new ChangePosition(OTHER, 0));

    save(one, two);

    assertThat(positions()).containsExactlyInAnyOrder(one, two);
  }

  @Test
  void positionOfTheSameTargetAndLog_replacesTheOneBefore() {
    save(new Reached("B", new ChangePosition(LOG, 7)));
    var now = new Reached("B", new ChangePosition(LOG, 3));

    save(now);

    assertThat(positions()).containsExactly(now);
  }

  @Test
  void forgottenTarget_hasNone_othersKeepTheirs() {
    var other = new Reached("C", new ChangePosition(LOG, 5));
    save(new Reached("B", new ChangePosition(LOG, 7)), other);

    database.inTransaction(entities -> {
      new JpaPositionRepository(entities).forget("B");
      return 0;
    });

    assertThat(positions()).containsExactly(other);
  }

  private static void save(Reached... reached) {
    database.inTransaction(entities -> {
      new JpaPositionRepository(entities).save(List.of(reached));
      return 0;
    });
  }

  private static List<Reached> positions() {
    return database.inTransaction(entities -> new JpaPositionRepository(entities).positions());
  }
}
