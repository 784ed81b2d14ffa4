package dev.kagami.mirror.endpoint;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger.Level;

/** A line in the log for each change that an operator asks for: who, what, and what came of it. */
@Provider
public class AuditLog implements ContainerResponseFilter {
  private static final System.Logger LOG = System.getLogger("dev.kagami.audit");
  private static final String PLANE = "admin/";

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    var path = request.getUriInfo().getPath().replaceFirst("^/", "");
    if (path.startsWith(PLANE) && !request.getMethod().equals(HttpMethod.GET)) {
      LOG.log(
          Level.INFO,
          "{0}: {1} {2} -> {3}",
          who(request),
          request.getMethod(),
          printable(path),
          String.valueOf(response.getStatus()));
    }
  }

  /** Nobody has a name as long as the admin plane has no users. */
  private static String who(ContainerRequestContext request) {
    var user = request.getSecurityContext().getUserPrincipal();
    return user == null ? "anonymous" : user.getName();
  }

  /** So that a path cannot forge a line. */
  private static String printable(String path) {
    return path.replaceAll("[^\\x21-\\x7e]", "?");
  }
}
