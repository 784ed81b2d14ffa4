package dev.kagami.transport.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import dev.kagami.core.error.ErrorDetail;
import dev.kagami.core.error.ErrorDetail.FieldViolation;
import dev.kagami.core.error.ErrorDetail.TargetOutcome;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.error.ValdException.NotFound;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusMappingTest {
  private static final List<ErrorDetail> DETAILS =
      List.of(
          new FieldViolation("vector", "too short"),
          new TargetOutcome("A", "stands"),
          new TargetOutcome("B", "the undo is pending"));

  @ParameterizedTest
  @EnumSource
  void failure_comesBackOverTheWireWithCodeWordsAndDetails(Code code) {
    var sent = ValdException.of(code, "words", DETAILS, null);

    var received = StatusMapping.fromGrpc(StatusMapping.toException(sent), "B");

    assertThat(received.code()).isEqualTo(code);
    assertThat(received.getMessage()).isIn("words", "B: words");
    assertThat(received.details()).containsExactlyInAnyOrderElementsOf(DETAILS);
  }

  @ParameterizedTest(name = "{0} is {1}, told as {2}")
  @CsvSource({
    "UNKNOWN, INTERNAL, B: words",
    "DATA_LOSS, INTERNAL, B: words",
    "OUT_OF_RANGE, INVALID_ARGUMENT, words",
    "UNAUTHENTICATED, PERMISSION_DENIED, B: words",
    "UNAVAILABLE, UNAVAILABLE, B: words",
    "DEADLINE_EXCEEDED, DEADLINE_EXCEEDED, B: words",
    "NOT_FOUND, NOT_FOUND, words",
  })
  void codeThatWeDoNotUse_becomesTheNearestOne(Status.Code sent, Code expected, String told) {
    var failure = new StatusRuntimeException(sent.toStatus().withDescription("words"));

    var received = StatusMapping.fromGrpc(failure, "B");

    assertThat(received.code()).isEqualTo(expected);
    assertThat(received).hasMessage(told);
  }

  @Test
  void lostConnection_isToldWithItsCause() {
    var cause = new IOException(new ConnectException("refused: 127.0.0.1:1"));
    var lost = Status.UNAVAILABLE.withDescription("io exception").withCause(cause);

    assertThat(StatusMapping.fromGrpc(lost.asRuntimeException(), "B"))
        .hasMessage("B: io exception: " + cause.getMessage());
  }

  @Test
  void causeWithoutWordsOrWithTheSameWords_isNotTold() {
    var lost = Status.UNAVAILABLE.withDescription("reset by peer");

    for (var cause : List.of(new IOException(), new IOException("reset"))) {
      assertThat(StatusMapping.fromGrpc(lost.withCause(cause).asRuntimeException(), "B"))
          .hasMessage("B: reset by peer");
    }
  }

  @Test
  void whatWrapsAFailure_isTakenOff() {
    var inner = new NotFound("gone");

    assertThat(
            StatusMapping.failure(
                new CompletionException(new ExecutionException(new CompletionException(inner)))))
        .isSameAs(inner);
  }

  @Test
  void faultOfOurs_keepsItsCauseToItself() {
    var fault = StatusMapping.failure(new IllegalStateException("secret"));

    assertThat(fault.code()).isEqualTo(Code.INTERNAL);
    assertThat(fault).hasCauseInstanceOf(IllegalStateException.class);
    assertThat(StatusMapping.toStatus(fault).toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\u00e9", "\uD83D\uDE00"})
  void whateverIsSaid_fitsIntoTheTrailersThatClientsAccept(String letter) {
    var details =
        IntStream.range(0, 1_000)
            .<ErrorDetail>mapToObj(i -> new TargetOutcome("target-" + i, letter.repeat(400)))
            .toList();
    var failure = ValdException.of(Code.ABORTED, letter.repeat(5_000), details, null);

    var exception = StatusMapping.toException(failure);

    assertThat(trailerBytes(exception)).isLessThan(8_192);
    assertThat(exception.getStatus().getDescription()).endsWith("\u2026");
    assertThat(StatusMapping.fromGrpc(exception, "B").details()).isNotEmpty();
  }

  /** As HTTP/2 counts them: the message percent-encoded, the details in base64. */
  private static int trailerBytes(StatusRuntimeException exception) {
    var message = exception.getStatus().getDescription().getBytes(StandardCharsets.UTF_8);
    int bytes = 200;
    for (byte octet : message) {
      bytes += octet < 0 ? 3 : 1;
    }
    var key = Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
    return bytes + exception.getTrailers().get(key).length * 4 / 3 + 4;
  }

  @Test
  void shortenedMessage_isWholeText() {
    var exception = StatusMapping.toException(new NotFound("a" + "\uD83D\uDE00".repeat(1_000)));

    var told = exception.getStatus().getDescription();
    assertThat(told).startsWith("a\uD83D\uDE00").doesNotContain("\uFFFD");
  }

  @Test
  void reason_isTheCausesText() {
    var cause = new NotFound("gone");
    var retold = cause.retold("Remove API gone", List.of());

    assertThat(StatusMapping.toStatus(retold).getDetails(0).getValue().toStringUtf8())
        .contains("gone")
        .doesNotContain("Remove API");
  }

  @Test
  void detailsOfOtherKinds_areLeftOut() {
    var status =
        StatusMapping.toStatus(new NotFound("gone")).toBuilder()
            .addDetails(Any.newBuilder().setTypeUrl("x/y.z"))
            .addDetails(
                Any.newBuilder()
                    .setTypeUrl("type.googleapis.com/rpc.v1.BadRequest")
                    .setValue(ByteString.copyFromUtf8("no message")))
            .build();

    var received = StatusMapping.fromGrpc(StatusProto.toStatusRuntimeException(status), "B");

    assertThat(received).hasMessage("gone");
    assertThat(received.details()).isEmpty();
  }
}
