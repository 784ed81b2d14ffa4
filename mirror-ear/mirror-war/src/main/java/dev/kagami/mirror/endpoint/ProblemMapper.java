package dev.kagami.mirror.endpoint;

import dev.kagami.core.error.ValdException;
import dev.kagami.transport.codec.StatusMapping;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger.Level;

/** Tells every failure of a request as a problem document (RFC 9457). */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final System.Logger LOG = System.getLogger(ProblemMapper.class.getName());
  private static final String PROBLEM = "application/problem+json";

  @Override
  public Response toResponse(Throwable failure) {
    return switch (failure) {
      case ValdException known -> problem(known);
      case WebApplicationException known -> problem(known.getResponse());
      default -> {
        LOG.log(Level.ERROR, "A request of the admin REST failed", failure);
        yield problem(StatusMapping.failure(failure));
      }
    };
  }

  private static Response problem(ValdException failure) {
    var code = StatusMapping.toException(failure).getStatus().getCode();
    int status = StatusMapping.httpStatus(code);
    return problem(status, body(status, code.name(), failure.getMessage()));
  }

  /** What JAX-RS itself refuses; its other headers, such as Allow, are kept. */
  private static Response problem(Response refusal) {
    int status = refusal.getStatus();
    var reason = refusal.getStatusInfo().getReasonPhrase();
    return Response.fromResponse(refusal)
        .type(PROBLEM)
        .entity(body(status, reason, reason))
        .build();
  }

  private static Response problem(int status, JsonObject body) {
    return Response.status(status).type(PROBLEM).entity(body).build();
  }

  private static JsonObject body(int status, String title, String detail) {
    return Json.createObjectBuilder()
        .add("type", "about:blank")
        .add("title", title)
        .add("status", status)
        .add("detail", detail)
        .build();
  }
}
