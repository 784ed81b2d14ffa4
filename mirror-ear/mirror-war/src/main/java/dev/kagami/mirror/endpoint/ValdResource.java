package dev.kagami.mirror.endpoint;

import dev.kagami.transport.rest.Transcoder;
import dev.kagami.transport.rest.TranscodingResource;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;

/** The same RPCs as on the gRPC port, as JSON on Vald's paths. */
@Path("/")
@RequestScoped
public class ValdResource extends TranscodingResource {
  /** For CDI; RESTEasy wants a public one. */
  public ValdResource() {}

  @Inject
  public ValdResource(Transcoder transcoder) {
    super(transcoder);
  }
}
