package dev.kagami.transport.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import dev.kagami.transport.codec.StatusMapping;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Map;
import org.vdaas.vald.api.v1.rpc.ErrorDetailsProto;

/** Failures as problem details for HTTP APIs (RFC 9457). */
final class Problem {
  private static final JsonFormat.Printer DETAILS =
      JsonFormat.printer()
          .omittingInsignificantWhitespace()
          .usingTypeRegistry(
              TypeRegistry.newBuilder()
                  .add(ErrorDetailsProto.getDescriptor().getMessageTypes())
                  .build());

  private Problem() {}

  /** The failure of a service. */
  static RestReply of(StatusRuntimeException failure) {
    var code = failure.getStatus().getCode();
    var status = StatusProto.fromThrowable(failure);
    var details = new JsonArray();
    if (status != null) {
      for (var detail : status.getDetailsList()) {
        try {
          details.add(JsonParser.parseString(DETAILS.print(detail)));
        } catch (InvalidProtocolBufferException e) {
          // A kind of detail that this build does not know; the rest still helps.
          details.add(detail.getTypeUrl());
        }
      }
    }
    var said = failure.getStatus().getDescription();
    return reply(
        StatusMapping.httpStatus(code), code.name(), said == null ? code.name() : said, details);
  }

  /** The failure of a request that no service was asked for. */
  static RestReply of(int status, String detail) {
    return reply(status, code(status), detail, new JsonArray());
  }

  private static String code(int status) {
    return switch (status) {
      case 401 -> Status.Code.UNAUTHENTICATED.name();
      case 403 -> Status.Code.PERMISSION_DENIED.name();
      case 404 -> Status.Code.NOT_FOUND.name();
      case 413 -> Status.Code.RESOURCE_EXHAUSTED.name();
      case 405, 501 -> Status.Code.UNIMPLEMENTED.name();
      case 503 -> Status.Code.UNAVAILABLE.name();
      default -> status < 500 ? Status.Code.INVALID_ARGUMENT.name() : Status.Code.INTERNAL.name();
    };
  }

  private static RestReply reply(int status, String code, String detail, JsonArray details) {
    var problem = new JsonObject();
    problem.addProperty("type", "about:blank");
    problem.addProperty("title", title(status));
    problem.addProperty("status", status);
    problem.addProperty("detail", detail);
    problem.addProperty("code", code);
    problem.add("details", details);
    return new RestReply(status, RestReply.PROBLEM, problem.toString(), Map.of());
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 406 -> "Not Acceptable";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 422 -> "Unprocessable Content";
      case 429 -> "Too Many Requests";
      case 499 -> "Client Closed Request";
      case 500 -> "Internal Server Error";
      case 501 -> "Not Implemented";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      default -> "HTTP " + status;
    };
  }
}
