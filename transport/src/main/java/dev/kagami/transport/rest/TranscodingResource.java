package dev.kagami.transport.rest;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A {@link Transcoder} as a JAX-RS resource for all paths that no other resource claims. A WAR
 * extends it as the package's text shows. The container's thread only reads the body.
 */
public abstract class TranscodingResource {
  private Transcoder transcoder;

  /** For CDI, whose proxies need it. */
  protected TranscodingResource() {}

  protected TranscodingResource(Transcoder transcoder) {
    this.transcoder = transcoder;
  }

  @GET
  @Path("{path: .*}")
  public CompletionStage<Response> get(@Context UriInfo uri, @Context HttpHeaders headers) {
    return answer("GET", uri, headers, ByteString.EMPTY);
  }

  @DELETE
  @Path("{path: .*}")
  public CompletionStage<Response> delete(@Context UriInfo uri, @Context HttpHeaders headers) {
    return answer("DELETE", uri, headers, ByteString.EMPTY);
  }

  @POST
  @Path("{path: .*}")
  public CompletionStage<Response> post(
      @Context UriInfo uri, @Context HttpHeaders headers, InputStream body) throws IOException {
    // one byte more than allowed is enough to see that it is too much
    var bytes = body.readNBytes(Transcoder.MAX_BODY_BYTES + 1);
    return answer("POST", uri, headers, UnsafeByteOperations.unsafeWrap(bytes));
  }

  private CompletionStage<Response> answer(
      String verb, UriInfo uri, HttpHeaders headers, ByteString body) {
    var single = new HashMap<String, String>();
    headers
        .getRequestHeaders()
        .forEach((name, values) -> single.put(name, String.join(",", values)));
    var query = Optional.ofNullable(uri.getRequestUri().getRawQuery()).orElse("");
    return transcoder
        .answer(new RestRequest(verb, uri.getPath(false), query, single, body))
        .thenApply(Responses::of);
  }
}
