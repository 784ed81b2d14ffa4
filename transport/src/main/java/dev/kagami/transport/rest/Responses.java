package dev.kagami.transport.rest;

import jakarta.ws.rs.core.Response;

/** Replies as JAX-RS knows them. */
final class Responses {
  private Responses() {}

  static Response of(RestReply reply) {
    var response =
        Response.status(reply.status())
            .type(reply.contentType() + ";charset=utf-8")
            .entity(reply.body());
    reply.headers().forEach(response::header);
    return response.build();
  }
}
