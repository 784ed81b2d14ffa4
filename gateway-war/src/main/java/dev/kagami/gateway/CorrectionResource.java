package dev.kagami.gateway;

import dev.kagami.gateway.placement.CorrectionStatus;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Shows operators whether all copies are there. */
@Path("/admin/v1/correction")
@RequestScoped
public class CorrectionResource {
  private final Gateway gateway;

  /** For CDI; RESTEasy wants a public one. */
  public CorrectionResource() {
    this(null);
  }

  @Inject
  CorrectionResource(Gateway gateway) {
    this.gateway = gateway;
  }

  /**
   * {@code {"on": true, "first", "running", "progress", "rounds", "lastEnd", "checked", "missing",
   * "outdated", "unheard", "extra", "copied", "dropped", "trouble", "behind": [name]}}; the counts
   * are those of the round that runs, or else of the last one. Who is not first of its site's
   * gateways leaves most rounds to the one that is. Only {@code {"on": false}} where agents do not
   * stand in for each other.
   */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public JsonObject status() {
    return gateway
        .correction()
        .map(status -> json(status).add("first", gateway.isFirst()))
        .orElseGet(() -> Json.createObjectBuilder().add("on", false))
        .build();
  }

  static JsonObjectBuilder json(CorrectionStatus status) {
    var findings = status.findings();
    var json =
        Json.createObjectBuilder()
            .add("on", true)
            .add("running", status.progress().isPresent())
            .add("rounds", status.rounds())
            .add("checked", findings.checked())
            .add("missing", findings.missing())
            .add("outdated", findings.outdated())
            .add("unheard", findings.unheard())
            .add("extra", findings.extra())
            .add("copied", findings.copied())
            .add("dropped", findings.dropped())
            .add("trouble", status.trouble())
            .add("behind", Json.createArrayBuilder(status.behind()));
    status.progress().ifPresent(progress -> json.add("progress", progress));
    status.lastEnd().ifPresent(end -> json.add("lastEnd", end.toString()));
    return json;
  }
}
