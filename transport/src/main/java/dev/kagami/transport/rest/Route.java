package dev.kagami.transport.rest;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One RPC at its place in HTTP.
 *
 * @param takesBody whether the request message is the body; else it consists of the path's
 *     variables
 */
record Route(
    String verb, PathTemplate template, boolean takesBody, MethodDescriptor<Message, Message> rpc) {

  /** The routes of a service's annotated RPCs. */
  static Stream<Route> of(ServiceDescriptor service) {
    return service.getMethods().stream().map(Route::of).flatMap(Optional::stream);
  }

  private static Optional<Route> of(MethodDescriptor<?, ?> rpc) {
    if (!(rpc.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier schema)) {
      return Optional.empty();
    }
    var options = schema.getMethodDescriptor().getOptions();
    return options.hasExtension(AnnotationsProto.http)
        ? Optional.of(of(options.getExtension(AnnotationsProto.http), rpc))
        : Optional.empty();
  }

  private static Route of(HttpRule rule, MethodDescriptor<?, ?> rpc) {
    var takesBody = rule.getBody().equals("*");
    return switch (rule.getPatternCase()) {
      case GET -> route("GET", rule.getGet(), takesBody, rpc);
      case POST -> route("POST", rule.getPost(), takesBody, rpc);
      case PUT -> route("PUT", rule.getPut(), takesBody, rpc);
      case PATCH -> route("PATCH", rule.getPatch(), takesBody, rpc);
      case DELETE -> route("DELETE", rule.getDelete(), takesBody, rpc);
      case CUSTOM, PATTERN_NOT_SET ->
          throw new IllegalStateException(rpc.getFullMethodName() + " has an HTTP rule of its own");
    };
  }

  @SuppressWarnings("unchecked") // methods with a descriptor of their own are all of messages
  private static Route route(
      String verb, String path, boolean takesBody, MethodDescriptor<?, ?> rpc) {
    return new Route(
        verb, PathTemplate.parse(path), takesBody, (MethodDescriptor<Message, Message>) rpc);
  }

  boolean isStream() {
    return rpc.getType() != MethodDescriptor.MethodType.UNARY;
  }

  /** An empty request. */
  Message.Builder newRequest() {
    var marshaller = (MethodDescriptor.PrototypeMarshaller<Message>) rpc.getRequestMarshaller();
    return marshaller.getMessagePrototype().newBuilderForType();
  }
}
