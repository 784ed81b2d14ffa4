package dev.kagami.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.clock.ControlledScheduler;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WriterClaimsTest {
  private static final WriterClaim ONE = claim(16, 1);
  private static final WriterClaim RIVAL = claim(16, 2);
  private static final WriterClaim OTHER = claim(17, 3);

  private final ControlledScheduler time = new ControlledScheduler();
  private final WriterClaims claims = new WriterClaims(time);

  @Test
  void numberIsFree_granted() {
    claims.claim(OTHER);

    assertThat(claims.claim(ONE)).containsExactly(ONE, OTHER);
  }

  @Test
  void numberIsTaken_itStaysWithTheFirstAsLongAsThatClaimsIt() {
    claims.claim(ONE);

    for (int i = 0; i < 10; i++) {
      time.advance(WriterClaims.LEASE.minusSeconds(1));
      assertThat(claims.claim(ONE)).containsExactly(ONE);
      assertThat(claims.claim(RIVAL)).containsExactly(ONE);
    }
  }

  @Test
  void leaseIsOver_numberIsFreeAgain() {
    claims.claim(ONE);

    time.advance(WriterClaims.LEASE.minus(Duration.ofNanos(1)));
    assertThat(claims.claim(RIVAL)).containsExactly(ONE);
    time.advance(Duration.ofNanos(1));

    assertThat(claims.claim(RIVAL)).containsExactly(RIVAL);
  }

  @Test
  void processTakesAnotherNumber_theOldOneIsFreeAtOnce() {
    claims.claim(ONE);
    claims.claim(claim(18, 1));

    assertThat(claims.claim(RIVAL)).containsExactly(RIVAL, claim(18, 1));
  }

  private static WriterClaim claim(int process, long run) {
    return new WriterClaim(new WriterNumber(1, process), run, "gateway-" + run);
  }
}
