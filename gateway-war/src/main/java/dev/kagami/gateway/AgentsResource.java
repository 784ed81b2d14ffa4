package dev.kagami.gateway;

import dev.kagami.gateway.placement.Agent;
import dev.kagami.gateway.placement.AgentPool;
import dev.kagami.gateway.placement.AgentStatus;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;

/** Shows operators which agents there are and what is the matter with them. */
@Path("/admin/v1/agents")
@RequestScoped
public class AgentsResource {
  private static final String TEXT = "text/plain;charset=utf-8";

  private final AgentPool agents;
  private final Gateway gateway;

  /** For CDI; RESTEasy wants a public one. */
  public AgentsResource() {
    this(null, null);
  }

  @Inject
  AgentsResource(AgentPool agents, Gateway gateway) {
    this.agents = agents;
    this.gateway = gateway;
  }

  /**
   * {@code {"agents": [{"name", "address", "state", "lastError", "drain"}]}} in the order of the
   * configuration; the state is one of connecting, ready, silent, refused, vanished; the drain is
   * none, running or done.
   */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public JsonObject list() {
    JsonArrayBuilder list = Json.createArrayBuilder();
    agents.agents().forEach(agent -> list.add(json(agent)));
    return Json.createObjectBuilder().add("agents", list).build();
  }

  /**
   * Gives up an agent for good that has vanished, or was drained and is away: what it held counts
   * as missing no more. 204 if so, 409 if it is otherwise or not known.
   */
  @DELETE
  @Path("/{name}")
  public Response forget(@PathParam("name") String name) {
    return Response.status(
            agents.forget(name) ? Response.Status.NO_CONTENT : Response.Status.CONFLICT)
        .build();
  }

  /** Begins to empty an agent. 204 if so, 409 with the reason if that cannot be. */
  @PUT
  @Path("/{name}/drain")
  public Response drain(@PathParam("name") String name) {
    return gateway
        .balanced()
        .drain(name)
        .map(why -> Response.status(Response.Status.CONFLICT).type(TEXT).entity(why))
        .orElseGet(Response::noContent)
        .build();
  }

  /** The agent stays after all. 204 if so, 409 if it is not known. */
  @DELETE
  @Path("/{name}/drain")
  public Response keep(@PathParam("name") String name) {
    return Response.status(
            gateway.balanced().keep(name) ? Response.Status.NO_CONTENT : Response.Status.CONFLICT)
        .build();
  }

  private static JsonObjectBuilder json(Agent agent) {
    AgentStatus status = agent.status();
    return Json.createObjectBuilder()
        .add("name", agent.name())
        .add("address", agent.address())
        .add("state", status.state().name().toLowerCase(Locale.ROOT))
        .add("lastError", status.lastError())
        .add("drain", agent.drain().name().toLowerCase(Locale.ROOT));
  }
}
