package dev.kagami.mirror.endpoint;

import dev.kagami.core.fanout.Outcome;
import dev.kagami.core.store.Kept;
import dev.kagami.core.vector.VectorId;
import dev.kagami.mirror.console.Explanation;
import dev.kagami.mirror.console.WriteOperations;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;

/** Tells where an id is. */
@Path("/admin/v1/explain")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class ExplainResource {
  private final WriteOperations writes;

  /** For CDI. */
  public ExplainResource() {
    this(null);
  }

  @Inject
  public ExplainResource(WriteOperations writes) {
    this.writes = writes;
  }

  /**
   * {@code {"id", "sites": [{"site", "versions": [{"timestamp", "stamp", "removed", "settled"}],
   * "undone": [stamp], "error"}], "writes": [...]}}: versions newest first, of which the first is
   * what readers see; a site has an error if it has not told in time; the writes are as {@link
   * WritesResource} tells them.
   */
  @GET
  public CompletionStage<JsonObject> explain(@QueryParam("id") @DefaultValue("") String id) {
    return writes.explain(new VectorId(id)).thenApply(ExplainResource::json);
  }

  private static JsonObject json(Explanation explanation) {
    var sites = Json.createArrayBuilder();
    explanation.sites().forEach((site, outcome) -> sites.add(json(site, outcome)));
    var writes = Json.createArrayBuilder();
    explanation.writes().forEach(write -> writes.add(WritesResource.json(write)));
    return Json.createObjectBuilder()
        .add("id", explanation.id().value())
        .add("sites", sites)
        .add("writes", writes)
        .build();
  }

  private static JsonObjectBuilder json(String site, Outcome<Kept> outcome) {
    var json = Json.createObjectBuilder().add("site", site);
    return switch (outcome) {
      case Outcome.Answered<Kept>(var kept) ->
          json.add("versions", versions(kept)).add("undone", undone(kept));
      case Outcome.Rejected<Kept>(var error) -> json.add("error", error.getMessage());
      case Outcome.Unknown<Kept>(var error) -> json.add("error", error.getMessage());
    };
  }

  private static JsonArrayBuilder versions(Kept kept) {
    var versions = Json.createArrayBuilder();
    for (var entry : kept.entries()) {
      versions.add(
          Json.createObjectBuilder()
              .add("timestamp", String.valueOf(entry.version().timestamp().unixNanos()))
              .add("stamp", String.valueOf(entry.version().stamp().value()))
              .add("removed", entry.version().isTombstone())
              .add("settled", entry.settled()));
    }
    return versions;
  }

  private static JsonArrayBuilder undone(Kept kept) {
    var undone = Json.createArrayBuilder();
    kept.marks().forEach(stamp -> undone.add(String.valueOf(stamp.value())));
    return undone;
  }
}
