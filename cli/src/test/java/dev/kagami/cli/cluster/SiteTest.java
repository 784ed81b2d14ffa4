package dev.kagami.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.cli.liberty.Port;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteTest {

  @ParameterizedTest(name = "site {1} of base port {0}")
  @CsvSource({
    "18080, A, 18080, 18081, 18082, 18083, 18091, 18093, 18111, 18113",
    "18080, B, 18180, 18181, 18182, 18183, 18191, 18193, 18211, 18213",
    "20000, C, 20200, 20201, 20202, 20203, 20211, 20213, 20231, 20233",
  })
  void ports_areAtTheirFixedDistanceFromTheBasePort(
      int basePort,
      String name,
      int mirrorHttp,
      int mirrorGrpc,
      int gatewayGrpc,
      int gatewayHttp,
      int firstAgentGrpc,
      int thirdAgentGrpc,
      int firstAgentHttp,
      int thirdAgentHttp) {
    var settings = Settings.with(3, 3, basePort);

    var site = Site.all(settings).stream().filter(s -> s.name().equals(name)).findFirst().get();

    assertThat(
            Stream.of(
                    site.mirrorHttp(),
                    site.mirrorGrpc(),
                    site.gatewayGrpc(),
                    site.gatewayHttp(),
                    site.agentGrpc(1),
                    site.agentGrpc(3),
                    site.agentHttp(1),
                    site.agentHttp(3))
                .map(Port::number))
        .containsExactly(
            mirrorHttp,
            mirrorGrpc,
            gatewayGrpc,
            gatewayHttp,
            firstAgentGrpc,
            thirdAgentGrpc,
            firstAgentHttp,
            thirdAgentHttp);
  }

  @Test
  void largestCluster_givesNoPortTwice() {
    var sites = Site.all(Settings.with(26, 20, 18080));

    var ports =
        sites.stream()
            .flatMap(site ->
                Stream.concat(
                    Stream.of(
                        site.mirrorHttp(),
                        site.mirrorGrpc(),
                        site.gatewayGrpc(),
                        site.gatewayHttp()),
                    site.agentNumbers()
                        .boxed()
                        .flatMap(n -> Stream.of(site.agentGrpc(n), site.agentHttp(n)))))
            .map(Port::number)
            .toList();

    assertThat(ports).hasSize(26 * 44).doesNotHaveDuplicates();
  }

  @Test
  void sites_areNamedByLettersAndNumberedFromOne() {
    var sites = Site.all(Settings.with(3, 1, 18080));

    assertThat(sites).extracting(Site::name).containsExactly("A", "B", "C");
    assertThat(sites).extracting(Site::number).containsExactly(1, 2, 3);
  }
}
