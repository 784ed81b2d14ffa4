package dev.kagami.gateway.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.clock.ControlledScheduler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DnsAgentsTest {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final ControlledScheduler time = new ControlledScheduler();
  private final List<List<String>> told = new ArrayList<>();
  private List<String> records = List.of("10.0.0.2", "10.0.0.1");
  private final DnsAgents agents =
      new DnsAgents(
          new Discovery.Dns("agents.internal", 8081, INTERVAL), this::resolve, time, Runnable::run);

  private InetAddress[] resolve(String host) throws UnknownHostException {
    assertThat(host).isEqualTo("agents.internal");
    if (records.isEmpty()) {
      throw new UnknownHostException(host);
    }
    var found = new InetAddress[records.size()];
    for (int i = 0; i < found.length; i++) {
      // a literal: nobody is asked
      found[i] = InetAddress.getByName(records.get(i));
    }
    return found;
  }

  private void tell(List<Sighting> sightings) {
    told.add(sightings.stream().map(sighting -> sighting.address().toString()).toList());
  }

  @Test
  void recordsOfBothKinds_areAllToldOnTheOnePort() {
    records = List.of("10.0.0.2", "2001:db8::1", "10.0.0.1");

    agents.start(this::tell);

    assertThat(told)
        .containsExactly(List.of("10.0.0.1:8081", "10.0.0.2:8081", "[2001:db8:0:0:0:0:0:1]:8081"));
  }

  @Test
  void recordsChange_areToldAfterTheInterval() {
    agents.start(this::tell);
    records = List.of("10.0.0.1", "10.0.0.3");

    time.advance(INTERVAL);

    assertThat(told).last().isEqualTo(List.of("10.0.0.1:8081", "10.0.0.3:8081"));
  }

  @Test
  void nameDoesNotResolve_nothingIsToldUntilItDoesAgain() {
    agents.start(this::tell);
    records = List.of();
    time.advance(INTERVAL.multipliedBy(3));
    assertThat(told).hasSize(1);

    records = List.of("10.0.0.9");
    time.advance(INTERVAL);

    assertThat(told).last().isEqualTo(List.of("10.0.0.9:8081"));
  }

  @Test
  void closed_nobodyIsAskedAnyMore() {
    agents.start(this::tell);

    agents.close();
    time.advance(INTERVAL.multipliedBy(3));

    assertThat(told).hasSize(1);
    assertThat(time.pending()).isZero();
  }
}
