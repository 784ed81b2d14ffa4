/**
 * REST: every unary RPC that carries a {@code google.api.http} annotation, as proto3 JSON on the
 * annotated path, answered by the very services that answer gRPC. An RPC that is built later
 * appears here without code.
 *
 * <ul>
 *   <li>{@link dev.kagami.transport.rest.Transcoder} a request in, a reply out; knows no container
 *   <li>{@link dev.kagami.transport.rest.RestRequest}, {@link dev.kagami.transport.rest.RestReply}
 *   <li>{@link dev.kagami.transport.rest.TranscodingResource} the same as a JAX-RS resource
 *   <li>{@link dev.kagami.transport.rest.ProblemMapper} all other failures as problems, too
 * </ul>
 *
 * <p>Each WAR adds three things:
 *
 * <pre>{@code
 * @RequestScoped
 * @Path("/")
 * public class ValdResource extends TranscodingResource {
 *   public ValdResource() {}                                      // for CDI and RESTEasy
 *
 *   @Inject
 *   ValdResource(Transcoder transcoder) { super(transcoder); }
 * }
 *
 * @Produces @Singleton                                            // no proxy: the class is final
 * Transcoder transcoder(InProcessServer services) {
 *   return new Transcoder(services.channel(), services.services());
 * }
 *
 * // in Application.getClasses(): ValdResource.class, ProblemMapper.class, and its own resources
 * }</pre>
 *
 * The subclass lies in the WAR, because a class of {@code EAR/lib} could not be given the WAR's
 * beans. The {@link dev.kagami.transport.grpc.InProcessServer} is closed where it is made. Other
 * resources of the application keep their paths: a literal path goes before the template of this
 * one.
 *
 * <p>Rules of the mapping: bodies are UTF-8 with {@code Content-Type: application/json}; unknown
 * fields and other query parameters are ignored; fields with default values are printed; failures
 * are {@code application/problem+json} (RFC 9457) with the gRPC code's name as {@code code} and its
 * details as {@code details}. An id in a path is one percent-encoded segment; where a container
 * refuses that (an encoded slash, a line end), it may come as a query parameter instead: {@code
 * /exists?id=a%2Fb}, {@code /object?id.id=a%2Fb}, {@code /object/meta?id.id=a%2Fb}. Streams are not
 * offered. The headers {@code kagami-mesh}, {@code kagami-mode} and {@code forwarded-for} go in as
 * metadata; all {@code kagami-} metadata comes out as headers.
 */
package dev.kagami.transport.rest;
