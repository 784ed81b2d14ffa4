package dev.kagami.mirror.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.transport.client.Address;
import org.junit.jupiter.api.Test;

class ResourceNamesTest {

  /** The number is from the reference implementation of XXH3. */
  @Test
  void name_isTheHashOfBothAddresses_asValdsMirrorsMakeIt() {
    var names = new ResourceNames(new Address("mirror.a.example", 8081));

    assertThat(names.of(new Address("mirror.b.example", 8081)))
        .isEqualTo("mirror-target-4398146729633555473");
  }
}
