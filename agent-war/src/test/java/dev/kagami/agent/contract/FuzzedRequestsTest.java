package dev.kagami.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.kagami.core.Seed;
import dev.kagami.transport.grpc.RawMarshaller;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vdaas.vald.api.v1.agent.core.AgentGrpc;
import org.vdaas.vald.api.v1.vald.FlushGrpc;
import org.vdaas.vald.api.v1.vald.IndexGrpc;
import org.vdaas.vald.api.v1.vald.InsertGrpc;
import org.vdaas.vald.api.v1.vald.ObjectGrpc;
import org.vdaas.vald.api.v1.vald.RemoveGrpc;
import org.vdaas.vald.api.v1.vald.SearchGrpc;
import org.vdaas.vald.api.v1.vald.UpdateGrpc;
import org.vdaas.vald.api.v1.vald.UpsertGrpc;

/** Requests that no client would send: each gets an answer, and none is taken for our own fault. */
class FuzzedRequestsTest {
  private static final int REQUESTS = 60;
  private static final int MOST_BYTES = 200;
  private static final int MOST_REPEATED = 4;

  private static final Set<Status.Code> CLIENTS_FAULT =
      EnumSet.of(
          Status.Code.OK,
          Status.Code.INVALID_ARGUMENT,
          Status.Code.NOT_FOUND,
          Status.Code.ALREADY_EXISTS,
          Status.Code.FAILED_PRECONDITION,
          Status.Code.DEADLINE_EXCEEDED, // of a search that is given a nanosecond
          Status.Code.RESOURCE_EXHAUSTED);

  private static final List<String> TEXTS =
      List.of("", "a", "b", "x".repeat(600), "../etc", "\u0000", "\u202e\ud83d\ude00", " ");
  private static final List<Float> FLOATS =
      List.of(0f, -0f, 1f, Float.NaN, Float.POSITIVE_INFINITY, Float.MAX_VALUE, Float.MIN_VALUE);
  private static final List<Long> LONGS =
      List.of(0L, 1L, -1L, 100L, Long.MAX_VALUE, Long.MIN_VALUE, (long) Integer.MAX_VALUE);

  private final ServedAgent agent = new ServedAgent();
  private final Seed seed = Seed.next();
  private final SplittableRandom random = new SplittableRandom(seed.value());

  @AfterEach
  void stop() {
    agent.close();
  }

  static List<ServiceDescriptor> services() {
    return List.of(
        InsertGrpc.getServiceDescriptor(),
        UpdateGrpc.getServiceDescriptor(),
        UpsertGrpc.getServiceDescriptor(),
        RemoveGrpc.getServiceDescriptor(),
        ObjectGrpc.getServiceDescriptor(),
        SearchGrpc.getServiceDescriptor(),
        IndexGrpc.getServiceDescriptor(),
        FlushGrpc.getServiceDescriptor(),
        AgentGrpc.getServiceDescriptor());
  }

  @ParameterizedTest
  @MethodSource("services")
  void valuesAreOdd_theAnswerBlamesTheClient(ServiceDescriptor service) {
    for (var rpc : service.getMethods()) {
      for (int i = 0; i < REQUESTS && isUnary(rpc); i++) {
        check(rpc, odd(prototype(rpc).newBuilderForType()).toByteArray());
      }
    }
    isAlive();
  }

  @ParameterizedTest
  @MethodSource("services")
  void bytesAreNoise_theAnswerBlamesTheClient(ServiceDescriptor service) {
    for (var rpc : service.getMethods()) {
      for (int i = 0; i < REQUESTS && isUnary(rpc); i++) {
        var noise = new byte[random.nextInt(MOST_BYTES)];
        random.nextBytes(noise);
        check(rpc, noise);
      }
    }
    isAlive();
  }

  private void check(MethodDescriptor<?, ?> rpc, byte[] request) {
    assertThat(CLIENTS_FAULT)
        .as("%s of %s, %s", rpc.getFullMethodName(), ByteString.copyFrom(request), seed)
        .contains(code(rpc, request));
  }

  private Status.Code code(MethodDescriptor<?, ?> rpc, byte[] request) {
    var raw = rpc.toBuilder(new RawMarshaller(), new RawMarshaller()).build();
    try {
      var answer =
          ClientCalls.blockingUnaryCall(
              agent.channel(),
              raw,
              CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS),
              request);
      return answer == null ? Status.Code.UNKNOWN : Status.Code.OK;
    } catch (StatusRuntimeException refused) {
      return refused.getStatus().getCode();
    }
  }

  private void isAlive() {
    var request = ServedAgent.upsert(ServedAgent.vector("alive-" + random.nextLong(), 7, 7));

    assertThat(agent.upserts.upsert(request).getUuid()).startsWith("alive");
  }

  private static boolean isUnary(MethodDescriptor<?, ?> rpc) {
    return rpc.getType() == MethodDescriptor.MethodType.UNARY;
  }

  private static Message prototype(MethodDescriptor<?, ?> rpc) {
    return (Message)
        ((MethodDescriptor.PrototypeMarshaller<?>) rpc.getRequestMarshaller())
            .getMessagePrototype();
  }

  /** A message with odd values in some of its fields. */
  private Message odd(Message.Builder builder) {
    for (var field : builder.getDescriptorForType().getFields()) {
      if (field.isRepeated()) {
        for (int i = random.nextInt(MOST_REPEATED); i > 0; i--) {
          builder.addRepeatedField(field, value(builder, field));
        }
      } else if (random.nextInt(4) > 0) {
        builder.setField(field, value(builder, field));
      }
    }
    return builder.build();
  }

  private Object value(Message.Builder builder, FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case INT -> one(LONGS).intValue();
      case LONG -> one(LONGS);
      case FLOAT -> one(FLOATS);
      case DOUBLE -> one(FLOATS).doubleValue();
      case BOOLEAN -> random.nextBoolean();
      case STRING -> one(TEXTS);
      case BYTE_STRING -> ByteString.copyFromUtf8(one(TEXTS));
      case ENUM -> value(field.getEnumType().getValues());
      case MESSAGE -> odd(builder.newBuilderForField(field));
    };
  }

  private EnumValueDescriptor value(List<EnumValueDescriptor> values) {
    return one(values);
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
