package dev.kagami.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.function.Supplier;

/** What tests of the wire contract compare, a condition each. */
public final class ContractAssertions {
  private ContractAssertions() {}

  /** The call must be answered, or refused, with this code and these words. */
  public static void assertAnswered(Status.Code code, String words, Supplier<Message> call) {
    try {
      var answer = call.get();
      assertThat(code).as("%s", answer).isEqualTo(Status.Code.OK);
      assertThat(answer.toString()).contains(words);
    } catch (StatusRuntimeException refused) {
      assertThat(refused.getStatus().getCode()).as("%s", refused).isEqualTo(code);
      assertThat(refused.getStatus().getDescription()).contains(words);
    }
  }
}
