package dev.kagami.mirror.endpoint;

import dev.kagami.mirror.console.MirrorOperations;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Shows the own site. */
@Path("/admin/v1/site")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class SiteResource {
  private final MirrorOperations operations;

  /** For CDI. */
  public SiteResource() {
    this(null);
  }

  @Inject
  public SiteResource(MirrorOperations operations) {
    this.operations = operations;
  }

  /**
   * {@code {"name", "number", "mirror", "address", "dimension", "distance", "gateway": {"address",
   * "ready", "reason"}, "undecided", "pendingCompensations", "fault"}}.
   */
  @GET
  public JsonObject show() {
    var site = operations.site();
    var gateway = site.gateway();
    return Json.createObjectBuilder()
        .add("name", site.site().name())
        .add("number", site.site().number())
        .add("mirror", site.mirror())
        .add("address", site.address().toString())
        .add("dimension", site.space().dimension())
        .add("distance", site.space().metric().spelling())
        .add("objectType", site.space().type().spelling())
        .add(
            "gateway",
            Json.createObjectBuilder()
                .add("address", gateway.address().toString())
                .add("ready", gateway.ready())
                .add("reason", gateway.reason()))
        .add("undecided", site.journal().undecided())
        .add("pendingCompensations", site.journal().pendingCompensations())
        .add("fault", site.journal().fault())
        .build();
  }
}
