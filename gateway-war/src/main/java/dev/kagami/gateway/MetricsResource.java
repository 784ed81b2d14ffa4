package dev.kagami.gateway;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/** Figures for Prometheus. */
@Path("/metrics")
@RequestScoped
public class MetricsResource {
  private final Gateway gateway;

  /** For CDI; RESTEasy wants a public one. */
  public MetricsResource() {
    this(null);
  }

  @Inject
  MetricsResource(Gateway gateway) {
    this.gateway = gateway;
  }

  /** All figures as they are now. */
  @GET
  @Produces("text/plain; version=0.0.4; charset=utf-8")
  public String metrics() {
    return gateway.metrics();
  }
}
