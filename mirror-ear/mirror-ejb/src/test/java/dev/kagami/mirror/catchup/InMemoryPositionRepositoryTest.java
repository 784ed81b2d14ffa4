package dev.kagami.mirror.catchup;

import java.util.function.Function;

class InMemoryPositionRepositoryTest extends PositionRepositoryContract {
  private final PositionRepository rows = new InMemoryPositionRepository();

  @Override
  <R> R at(Function<PositionRepository, R> work) {
    return work.apply(rows);
  }
}
