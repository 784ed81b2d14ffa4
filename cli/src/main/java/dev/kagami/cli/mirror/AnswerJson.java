package dev.kagami.cli.mirror;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;

/** JSON values, as text. */
final class AnswerJson {
  private AnswerJson() {}

  static String text(MessageOrBuilder json) {
    try {
      return JsonFormat.printer().print(json);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a JSON value can be written as such", e);
    }
  }
}
