package dev.kagami.agent;

import dev.kagami.core.store.CallContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.StringReader;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** An operator's view of one agent. The read-only switch is not kept over a restart. */
@Path("admin/v1")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class AdminResource {
  private static final String READ_ONLY = "readOnly";

  private RunningAgent running;

  /** For CDI. */
  protected AdminResource() {}

  @Inject
  public AdminResource(RunningAgent running) {
    this.running = running;
  }

  /** Name, state and counts. */
  @GET
  @Path("agent")
  public CompletionStage<String> agent() {
    var agent = running.agent();
    var index = agent.index();
    return index
        .indexInfo(CallContext.UNBOUNDED)
        .thenApply(info -> {
          var answer =
              Json.createObjectBuilder()
                  .add("name", agent.configuration().identity().name())
                  .add("site", agent.configuration().site())
                  .add("state", AgentState.of(index).spelling())
                  .add(READ_ONLY, index.isReadOnly())
                  .add("stored", info.stored())
                  .add("uncommitted", info.uncommitted())
                  .add("indexing", info.indexing());
          index.fault().ifPresent(fault -> answer.add("fault", fault));
          return answer.build().toString();
        });
  }

  /** Backs the agent up at work, and tells the folder. */
  @POST
  @Path("backup")
  public CompletionStage<String> backUp() {
    return running
        .agent()
        .backUp()
        .thenApply(folder ->
            Json.createObjectBuilder().add("folder", folder.toString()).build().toString());
  }

  /** Whether writes are refused. */
  @GET
  @Path("read-only")
  public String readOnly() {
    return Json.createObjectBuilder()
        .add(READ_ONLY, running.agent().index().isReadOnly())
        .build()
        .toString();
  }

  /** Refuses writes from now on, or takes them again; undos pass always. */
  @PUT
  @Path("read-only")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response setReadOnly(String body) {
    var wanted = parse(body);
    if (wanted.isEmpty()) {
      return problem("give {\"readOnly\": true} or {\"readOnly\": false}");
    }
    running.agent().index().setReadOnly(wanted.get());
    return Response.ok(readOnly()).build();
  }

  private static Optional<Boolean> parse(String body) {
    try (var reader = Json.createReader(new StringReader(body))) {
      return value(reader.readObject());
    } catch (JsonException noObject) {
      return Optional.empty();
    }
  }

  private static Optional<Boolean> value(JsonObject object) {
    return switch (object.getOrDefault(READ_ONLY, JsonValue.NULL).getValueType()) {
      case TRUE -> Optional.of(true);
      case FALSE -> Optional.of(false);
      case ARRAY, NULL, NUMBER, OBJECT, STRING -> Optional.empty();
    };
  }

  private static Response problem(String detail) {
    var problem =
        Json.createObjectBuilder()
            .add("title", "Bad Request")
            .add("status", Response.Status.BAD_REQUEST.getStatusCode())
            .add("detail", detail)
            .build();
    return Response.status(Response.Status.BAD_REQUEST)
        .type("application/problem+json")
        .entity(problem.toString())
        .build();
  }
}
