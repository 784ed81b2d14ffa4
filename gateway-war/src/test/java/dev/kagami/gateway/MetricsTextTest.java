package dev.kagami.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.gateway.placement.AgentStatus.State;
import dev.kagami.gateway.placement.CorrectionStatus;
import dev.kagami.gateway.placement.Findings;
import dev.kagami.gateway.placement.SearchCounts;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricsTextTest {
  private static final SearchCounts SEARCHES = new SearchCounts(12, 3, 1);

  @Test
  void fixedAgents_searchesAndStatesAreTold() {
    var text =
        MetricsText.of(SEARCHES, List.of(State.READY, State.SILENT, State.READY), Optional.empty());

    assertThat(text)
        .isEqualTo(
            """
            # HELP kagami_gateway_searches_total Searches since the start.
            # TYPE kagami_gateway_searches_total counter
            kagami_gateway_searches_total{answer="complete"} 12
            kagami_gateway_searches_total{answer="partial"} 3
            kagami_gateway_searches_total{answer="failed"} 1
            # HELP kagami_gateway_agents Known agents.
            # TYPE kagami_gateway_agents gauge
            kagami_gateway_agents{state="connecting"} 0
            kagami_gateway_agents{state="ready"} 2
            kagami_gateway_agents{state="silent"} 1
            kagami_gateway_agents{state="refused"} 0
            kagami_gateway_agents{state="vanished"} 0
            """);
  }

  @Test
  void agentsStandIn_whatCorrectionFindsIsToldToo() {
    var status =
        new CorrectionStatus(
            Optional.empty(),
            7,
            Optional.empty(),
            new Findings(40, 21, 2, 1, 5, 23, 4),
            "",
            List.of("agent-1", "agent-2"));

    var text = MetricsText.of(SEARCHES, List.of(), Optional.of(status));

    assertThat(text)
        .endsWith(
            """
            # HELP kagami_gateway_agents_behind Agents not read from.
            # TYPE kagami_gateway_agents_behind gauge
            kagami_gateway_agents_behind 2
            # HELP kagami_gateway_correction_rounds_total Rounds ended well.
            # TYPE kagami_gateway_correction_rounds_total counter
            kagami_gateway_correction_rounds_total 7
            # HELP kagami_gateway_correction_findings Of the round that runs, or else of the last one.
            # TYPE kagami_gateway_correction_findings gauge
            kagami_gateway_correction_findings{kind="checked"} 40
            kagami_gateway_correction_findings{kind="missing"} 21
            kagami_gateway_correction_findings{kind="outdated"} 2
            kagami_gateway_correction_findings{kind="unheard"} 1
            kagami_gateway_correction_findings{kind="extra"} 5
            kagami_gateway_correction_findings{kind="copied"} 23
            kagami_gateway_correction_findings{kind="dropped"} 4
            """);
  }
}
