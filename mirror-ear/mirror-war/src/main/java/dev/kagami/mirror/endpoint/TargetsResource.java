package dev.kagami.mirror.endpoint;

import dev.kagami.core.catchup.Progress;
import dev.kagami.core.digest.RangeDigest;
import dev.kagami.mirror.console.MirrorOperations;
import dev.kagami.mirror.console.TargetView;
import dev.kagami.mirror.console.VerificationView;
import dev.kagami.mirror.mesh.MirrorTarget.Desired;
import dev.kagami.mirror.verification.Verification;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/**
 * Lists, adds, removes and holds targets. A target is named by its address or by its site; what is
 * done about it is done when the answer comes, whatever the target does.
 */
@Path("/admin/v1/targets")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class TargetsResource {
  private final MirrorOperations operations;

  /** For CDI. */
  public TargetsResource() {
    this(null);
  }

  @Inject
  public TargetsResource(MirrorOperations operations) {
    this.operations = operations;
  }

  /**
   * {@code [{"host", "port", "site", "sources", "desired", "standing", "phase", "reason", "since",
   * "behind", "lagSeconds", "changesPerSecond", "secondsLeft", "trouble", "verified",
   * "verification", "differences", "incomparable"}]} by address, removed ones included. A site that
   * is not known is left out, and so is what only the loop knows that brings a target what it
   * missed, what no comparison has found yet, and what keeps a target from being compared if
   * nothing does.
   */
  @GET
  public JsonArray list() {
    var list = Json.createArrayBuilder();
    operations.targets().forEach(target -> list.add(json(target)));
    return list.build();
  }

  /**
   * Adds the target {@code {"host": "...", "port": 8081}}, or brings a removed one back. Twice
   * equals once.
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response add(InputStream body) {
    var target = TargetRequest.read(body);
    var added = operations.add(target.host(), target.port());
    return Response.status(Response.Status.CREATED).entity(json(added).build()).build();
  }

  /**
   * Removes a site from the mesh, for all sites, or an address, for this one, until it is added
   * again, whoever else wants it.
   */
  @DELETE
  @Path("{target}")
  public void remove(@PathParam("target") String target) {
    operations.remove(target);
  }

  /** The target is not brought what it misses; writes go on as before. */
  @POST
  @Path("{target}/pause")
  public JsonObject pause(@PathParam("target") String target) {
    return hold(target, Desired.PAUSED);
  }

  /** Takes a pause back. */
  @POST
  @Path("{target}/resume")
  public JsonObject resume(@PathParam("target") String target) {
    return hold(target, Desired.PRESENT);
  }

  /** Nothing goes to the target, as if it were away. */
  @POST
  @Path("{target}/offline")
  public JsonObject offline(@PathParam("target") String target) {
    return hold(target, Desired.OFFLINE);
  }

  /** The target comes back: it is brought what it missed, then connected. */
  @POST
  @Path("{target}/online")
  public JsonObject online(@PathParam("target") String target) {
    return hold(target, Desired.PRESENT);
  }

  /**
   * Begins to compare the target with this site: {@code {"target", "state", "began", "here":
   * {"vectors", "digest"}, "there": {...}, "differences": [{"id", "remedy"}], "trouble"}}. What
   * differs is the plan of a repair.
   */
  @POST
  @Path("{target}/verify")
  public JsonObject verify(@PathParam("target") String target) {
    return json(operations.verify(operations.named(target)));
  }

  /** How the comparison stands that was begun last. */
  @GET
  @Path("{target}/verify")
  public JsonObject verification(@PathParam("target") String target) {
    return json(operations.verification(operations.named(target)));
  }

  /** Brings the target all that it lacks; what only the target has stays. */
  @POST
  @Path("{target}/repair")
  public JsonObject repair(@PathParam("target") String target) {
    return json(operations.repair(operations.named(target))).build();
  }

  private static JsonObject json(Verification verification) {
    var differences = Json.createArrayBuilder();
    verification
        .differences()
        .forEach(each ->
            differences.add(
                Json.createObjectBuilder()
                    .add("id", each.id().value())
                    .add("remedy", each.remedy().name())));
    return Json.createObjectBuilder()
        .add("target", verification.target())
        .add("state", verification.state().name())
        .add("began", verification.began().toString())
        .add("here", json(verification.here()))
        .add("there", json(verification.there()))
        .add("differences", differences)
        .add("trouble", verification.trouble())
        .build();
  }

  private static JsonObjectBuilder json(RangeDigest digest) {
    return Json.createObjectBuilder()
        .add("vectors", digest.count())
        .add("digest", Long.toHexString(digest.sum()));
  }

  private JsonObject hold(String target, Desired wish) {
    return json(operations.hold(operations.named(target), wish)).build();
  }

  private static void add(JsonObjectBuilder json, Progress progress) {
    json.add("behind", progress.behind())
        .add("lagSeconds", progress.lag().toMillis() / 1000.0)
        .add("changesPerSecond", progress.perSecond())
        .add("trouble", progress.trouble());
    progress.left().ifPresent(left -> json.add("secondsLeft", left.toMillis() / 1000.0));
  }

  private static void add(JsonObjectBuilder json, VerificationView view) {
    view.result()
        .ifPresent(result ->
            json.add("verified", result.began().toString())
                .add("verification", result.state().name())
                .add("differences", result.differences().size()));
    view.obstacle().ifPresent(obstacle -> json.add("incomparable", obstacle));
  }

  private static JsonObjectBuilder json(TargetView target) {
    var sources = Json.createArrayBuilder();
    target.sources().forEach(source -> sources.add(source.name()));
    var json =
        Json.createObjectBuilder()
            .add("host", target.address().host())
            .add("port", target.address().port());
    target.site().ifPresent(site -> json.add("site", site));
    target.progress().ifPresent(progress -> add(json, progress));
    add(json, target.verification());
    return json.add("sources", sources)
        .add("desired", target.desired().name())
        .add("standing", target.standing().name())
        .add("phase", target.phase().name())
        .add("reason", target.reason())
        .add("since", target.since().toString());
  }
}
