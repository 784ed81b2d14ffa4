package dev.kagami.mirror.catchup;

import dev.kagami.mirror.TestDatabase;
import java.util.function.Function;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In H2. */
class JpaPositionRepositoryTest extends PositionRepositoryContract {
  @RegisterExtension private static final TestDatabase database = new TestDatabase();

  @Override
  <R> R at(Function<PositionRepository, R> work) {
    return database.inTransaction(entities -> work.apply(new JpaPositionRepository(entities)));
  }
}
