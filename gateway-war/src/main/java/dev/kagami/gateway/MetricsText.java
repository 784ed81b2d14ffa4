package dev.kagami.gateway;

import dev.kagami.gateway.placement.AgentStatus.State;
import dev.kagami.gateway.placement.CorrectionStatus;
import dev.kagami.gateway.placement.Findings;
import dev.kagami.gateway.placement.SearchCounts;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Figures in the text format that Prometheus reads. */
final class MetricsText {
  private static final String PREFIX = "kagami_gateway_";

  private final StringBuilder text = new StringBuilder();

  private MetricsText() {}

  /**
   * All of a gateway's figures.
   *
   * @param agents their states, one for each known agent
   * @param correction empty if agents do not stand in for each other
   */
  static String of(
      SearchCounts searches, Collection<State> agents, Optional<CorrectionStatus> correction) {
    var metrics = new MetricsText();
    metrics.searches(searches);
    metrics.agents(agents);
    correction.ifPresent(metrics::correction);
    return metrics.text.toString();
  }

  private void searches(SearchCounts searches) {
    var byAnswer = new LinkedHashMap<String, Long>();
    byAnswer.put("complete", searches.complete());
    byAnswer.put("partial", searches.partial());
    byAnswer.put("failed", searches.failed());
    family("searches_total", "counter", "Searches since the start.", "answer", byAnswer);
  }

  private void agents(Collection<State> agents) {
    var byState = new LinkedHashMap<String, Long>();
    for (var state : State.values()) {
      byState.put(
          state.name().toLowerCase(Locale.ROOT), (long) Collections.frequency(agents, state));
    }
    family("agents", "gauge", "Known agents.", "state", byState);
  }

  private void correction(CorrectionStatus status) {
    single("agents_behind", "gauge", "Agents not read from.", status.behind().size());
    single("correction_rounds_total", "counter", "Rounds ended well.", status.rounds());
    family(
        "correction_findings",
        "gauge",
        "Of the round that runs, or else of the last one.",
        "kind",
        byKind(status.findings()));
  }

  private static Map<String, Long> byKind(Findings findings) {
    var byKind = new LinkedHashMap<String, Long>();
    byKind.put("checked", findings.checked());
    byKind.put("missing", findings.missing());
    byKind.put("outdated", findings.outdated());
    byKind.put("unheard", findings.unheard());
    byKind.put("extra", findings.extra());
    byKind.put("copied", findings.copied());
    byKind.put("dropped", findings.dropped());
    return byKind;
  }

  private void family(
      String name, String type, String help, String label, Map<String, Long> values) {
    head(name, type, help);
    values.forEach((value, count) ->
        line(List.of(PREFIX, name, "{", label, "=\"", value, "\"} ", count.toString())));
  }

  private void single(String name, String type, String help, long value) {
    head(name, type, help);
    line(List.of(PREFIX, name, " ", Long.toString(value)));
  }

  private void head(String name, String type, String help) {
    line(List.of("# HELP ", PREFIX, name, " ", help));
    line(List.of("# TYPE ", PREFIX, name, " ", type));
  }

  private void line(List<String> parts) {
    parts.forEach(text::append);
    text.append('\n');
  }
}
