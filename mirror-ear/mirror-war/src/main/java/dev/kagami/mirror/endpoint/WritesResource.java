package dev.kagami.mirror.endpoint;

import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.core.store.Stamp;
import dev.kagami.mirror.console.WriteOperations;
import dev.kagami.mirror.console.WriteView;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Tells what became of writes. */
@Path("/admin/v1/writes")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class WritesResource {
  private final WriteOperations writes;

  /** For CDI. */
  public WritesResource() {
    this(null);
  }

  @Inject
  public WritesResource(WriteOperations writes) {
    this.writes = writes;
  }

  /** Those that are undecided or owed to some site, each as in {@link #receipt}. */
  @GET
  public JsonArray pending() {
    var list = Json.createArrayBuilder();
    writes.pending().forEach(write -> list.add(json(write)));
    return list.build();
  }

  /**
   * {@code {"stamp", "state", "pendingAt", "id", "kind", "timestamp", "outcomes"}}; the last four
   * are left out when what the client was told is not known any more. Whole numbers are text, as in
   * the JSON of protobuf.
   *
   * @param stamp as the client was told in {@code kagami-stamp}
   */
  @GET
  @Path("{stamp}")
  public JsonObject receipt(@PathParam("stamp") String stamp) {
    return json(writes.receipt(parse(stamp))).build();
  }

  private static Stamp parse(String text) {
    try {
      return new Stamp(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new InvalidArgument("stamp", "'" + text + "' is no stamp, which is a whole number");
    }
  }

  static JsonObjectBuilder json(WriteView write) {
    var json =
        Json.createObjectBuilder()
            .add("stamp", String.valueOf(write.stamp().value()))
            .add("state", write.state().name())
            .add("pendingAt", Json.createArrayBuilder(write.pendingAt()));
    write
        .receipt()
        .ifPresent(receipt -> {
          var outcomes = Json.createObjectBuilder();
          receipt.outcomes().forEach(outcomes::add);
          json.add("id", receipt.id().value())
              .add("kind", receipt.kind().name())
              .add("timestamp", String.valueOf(receipt.timestamp().unixNanos()))
              .add("outcomes", outcomes);
        });
    return json;
  }
}
