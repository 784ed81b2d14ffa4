package dev.kagami.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.vector.VectorId;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocationTest {

  @Test
  void locationsOfReplicas_areMergedByName() {
    var id = new VectorId("an-id");
    var two = new Location("agent-2", id, List.of("10.0.0.2"));
    var one = new Location("agent-1", id, List.of("10.0.0.1"));

    assertThat(Location.merge(id, List.of(two, one)))
        .isEqualTo(new Location("agent-1,agent-2", id, List.of("10.0.0.2", "10.0.0.1")));
  }
}
