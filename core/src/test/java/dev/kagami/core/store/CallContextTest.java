package dev.kagami.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.store.CallContext.Origin;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CallContextTest {
  private static final Instant NOW = Instant.parse("2031-01-02T03:04:05Z");

  @Test
  void limitIsShorterThanTheDeadline_bringsItForward() {
    var peer = new CallContext(NOW.plusSeconds(10), Origin.PEER);

    assertThat(peer.within(Duration.ofSeconds(3), NOW))
        .isEqualTo(new CallContext(NOW.plusSeconds(3), Origin.PEER));
    assertThat(CallContext.UNBOUNDED.within(Duration.ofSeconds(3), NOW))
        .isEqualTo(new CallContext(NOW.plusSeconds(3), Origin.USER));
  }

  @Test
  void limitIsLongerThanTheDeadline_changesNothing() {
    var context = new CallContext(NOW.plusSeconds(2), Origin.USER);

    assertThat(context.within(Duration.ofSeconds(3), NOW)).isEqualTo(context);
  }

  @Test
  void onlyPeersCalls_areForwarded() {
    assertThat(new CallContext(NOW, Origin.PEER).isForwarded()).isTrue();
    assertThat(CallContext.UNBOUNDED.isForwarded()).isFalse();
  }
}
