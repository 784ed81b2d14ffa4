package dev.kagami.agent.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.agent.log.LogPosition;
import dev.kagami.core.store.Stamp;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CheckpointStateTest {
  private static final CheckpointState STATE =
      new CheckpointState(
          new LogPosition(7, 3),
          Optional.of(new UUID(1, 2)),
          6,
          new Stamp(5000),
          new Stamp(1000),
          new Stamp(3000),
          List.of(new Stamp(4000), new Stamp(4001)),
          Optional.of("graph-7"));

  @Test
  void stateIsEncoded_isReadBack() {
    assertThat(CheckpointState.decode(STATE.encode())).isEqualTo(STATE);
  }

  @Test
  void stateIsFromBeforeThingsWereForgotten_nothingWas() {
    var old = new HashMap<>(STATE.encode());
    assertThat(old.remove("trimmed-stamp")).isEqualTo("3000");

    var read = CheckpointState.decode(old);

    assertThat(read.trimmed()).isEqualTo(Stamp.NONE);
    assertThat(read.settled()).isEqualTo(STATE.settled());
    assertThat(read.greatest()).isEqualTo(STATE.greatest());
  }
}
