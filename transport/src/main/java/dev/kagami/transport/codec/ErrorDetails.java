package dev.kagami.transport.codec;

import com.google.protobuf.Any;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.Status;
import dev.kagami.core.error.ErrorDetail;
import dev.kagami.core.error.ValdException;
import java.util.ArrayList;
import java.util.List;
import org.vdaas.vald.api.v1.rpc.BadRequest;
import org.vdaas.vald.api.v1.rpc.ErrorInfo;
import org.vdaas.vald.api.v1.rpc.ResourceInfo;

/**
 * Error details as messages and back: an {@code ErrorInfo} always, one {@code BadRequest} with all
 * fields that were refused, one {@code ResourceInfo} per target of a replicated write.
 */
final class ErrorDetails {
  /** What an encoded status may weigh: clients accept 8 KiB of trailers in all, base64 included. */
  static final int MAX_BYTES = 3_000;

  /** What one text of a detail may weigh, so that there is room for several. */
  private static final int MAX_TEXT_BYTES = 256;

  /** What the encoding adds to the two texts of a detail, type names included. */
  private static final int MAX_BYTES_AROUND = 80;

  private static final String TARGET = "kagami/target";

  private ErrorDetails() {}

  /** Adds the details of {@code error} to {@code status}, as many as there is room for. */
  static void addTo(Status.Builder status, ValdException error, String reason) {
    add(
        status,
        ErrorInfo.newBuilder()
            .setReason(shortened(reason))
            .setDomain(HostName.OF_THIS_MACHINE)
            .build());
    int room = MAX_BYTES - status.build().getSerializedSize();
    var badRequest = BadRequest.newBuilder();
    for (var whole : error.details()) {
      var detail = shortened(whole);
      room -= MAX_BYTES_AROUND + weight(detail);
      if (room < 0) {
        break;
      }
      switch (detail) {
        case ErrorDetail.FieldViolation(var field, var description) ->
            badRequest.addFieldViolations(
                BadRequest.FieldViolation.newBuilder().setField(field).setDescription(description));
        case ErrorDetail.TargetOutcome(var target, var outcome) ->
            add(
                status,
                ResourceInfo.newBuilder()
                    .setResourceType(TARGET)
                    .setResourceName(target)
                    .setDescription(outcome)
                    .build());
      }
    }
    if (badRequest.getFieldViolationsCount() > 0) {
      add(status, badRequest.build());
    }
  }

  private static void add(Status.Builder status, Message detail) {
    status.addDetails(Any.pack(detail));
  }

  private static ErrorDetail shortened(ErrorDetail detail) {
    return switch (detail) {
      case ErrorDetail.FieldViolation(var field, var description) ->
          new ErrorDetail.FieldViolation(shortened(field), shortened(description));
      case ErrorDetail.TargetOutcome(var target, var outcome) ->
          new ErrorDetail.TargetOutcome(shortened(target), shortened(outcome));
    };
  }

  private static String shortened(String text) {
    return Shortened.to(MAX_TEXT_BYTES, text);
  }

  private static int weight(ErrorDetail detail) {
    return switch (detail) {
      case ErrorDetail.FieldViolation(var field, var description) -> weight(field, description);
      case ErrorDetail.TargetOutcome(var target, var outcome) -> weight(target, outcome);
    };
  }

  private static int weight(String first, String second) {
    return CodedOutputStream.computeStringSizeNoTag(first)
        + CodedOutputStream.computeStringSizeNoTag(second);
  }

  /** The details that a status carries; those of other kinds are left out. */
  static List<ErrorDetail> of(Status status) {
    var details = new ArrayList<ErrorDetail>();
    for (var packed : status.getDetailsList()) {
      try {
        if (packed.is(BadRequest.class)) {
          for (var violation : packed.unpack(BadRequest.class).getFieldViolationsList()) {
            details.add(
                new ErrorDetail.FieldViolation(violation.getField(), violation.getDescription()));
          }
        } else if (packed.is(ResourceInfo.class)) {
          var resource = packed.unpack(ResourceInfo.class);
          details.add(
              new ErrorDetail.TargetOutcome(resource.getResourceName(), resource.getDescription()));
        }
      } catch (InvalidProtocolBufferException e) {
        // A peer that cannot spell its details is still believed in its code and message.
        return details;
      }
    }
    return details;
  }
}
