package dev.kagami.transport.rest;

import dev.kagami.transport.codec.StatusMapping;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger.Level;

/** Whatever a resource of the application throws, as a problem. Faults are logged, once. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final System.Logger LOG = System.getLogger(ProblemMapper.class.getPackageName());

  @Override
  public Response toResponse(Throwable thrown) {
    if (thrown instanceof WebApplicationException web) {
      var given = web.getResponse();
      if (given.hasEntity() || given.getStatus() < 400) {
        return given;
      }
      var problem = Responses.of(Problem.of(given.getStatus(), String.valueOf(web.getMessage())));
      // keeps the other headers, such as the Allow of a 405
      return Response.fromResponse(given)
          .type(problem.getMediaType())
          .entity(problem.getEntity())
          .build();
    }
    var failure = StatusMapping.toException(StatusMapping.failure(thrown));
    if (StatusMapping.httpStatus(failure.getStatus().getCode()) == 500) {
      LOG.log(Level.WARNING, "a REST request failed", thrown);
    }
    return Responses.of(Problem.of(failure));
  }
}
