package dev.kagami.gateway.placement;

import static dev.kagami.transport.grpc.ContractAssertions.assertAnswered;
import static io.grpc.Status.Code.ALREADY_EXISTS;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static io.grpc.Status.Code.OK;
import static io.grpc.Status.Code.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.google.protobuf.Message;
import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.CheckedVectorStore;
import dev.kagami.core.store.ScriptedVectorStore;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.vector.VectorId;
import dev.kagami.transport.grpc.RunningServer;
import io.grpc.Channel;
import io.grpc.Status;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vdaas.vald.api.v1.payload.Empty;
import org.vdaas.vald.api.v1.payload.Flush;
import org.vdaas.vald.api.v1.payload.Insert;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Remove;
import org.vdaas.vald.api.v1.payload.Update;
import org.vdaas.vald.api.v1.payload.Upsert;
import org.vdaas.vald.api.v1.vald.FlushGrpc;
import org.vdaas.vald.api.v1.vald.IndexGrpc;
import org.vdaas.vald.api.v1.vald.InsertGrpc;
import org.vdaas.vald.api.v1.vald.ObjectGrpc;
import org.vdaas.vald.api.v1.vald.RemoveGrpc;
import org.vdaas.vald.api.v1.vald.UpdateGrpc;
import org.vdaas.vald.api.v1.vald.UpsertGrpc;

/**
 * What a gateway over three agents with two replicas answers to Vald's clients, condition by
 * condition. Where Vald's gateway has a gap, the row says "mended".
 */
class GatewayContractTest {
  private static final String A = "a";

  private final ClusterInMemory cluster = ClusterInMemory.started(3, 2);
  private final RunningServer server =
      RunningServer.gateway(
          new CheckedVectorStore(cluster.gateway, ClusterInMemory.SPACE, cluster.time));

  @AfterEach
  void stop() {
    server.close();
  }

  static Stream<Arguments> writes() {
    return Stream.of(
        row("Insert, empty id", INVALID_ARGUMENT, "uuid \"\"", insert(vector("", 1))),
        row(
            "Insert, short vector",
            INVALID_ARGUMENT,
            "Incompatible Dimension Size",
            insert(Object.Vector.newBuilder().setId(A).addVector(1).build())),
        row(
            "Insert, id exists",
            GatewayContractTest::storeA,
            ALREADY_EXISTS,
            "uuid a",
            insert(vector(A, 2))),
        row(
            "Insert, a holder fails: mended, undone and told",
            test -> test.lose(1),
            UNAVAILABLE,
            "the write is undone",
            insert(vector(A, 1))),
        row("Update, empty id", INVALID_ARGUMENT, "uuid \"\"", update(vector("", 1))),
        row("Update, unknown id", NOT_FOUND, "uuid a not found", update(vector(A, 1))),
        row(
            "Update, identical vector",
            GatewayContractTest::storeA,
            ALREADY_EXISTS,
            "same data already exists",
            update(vector(A, 1))),
        row(
            "Update, identical vector of a newer time",
            GatewayContractTest::storeA,
            OK,
            A,
            update(vector(A, 1).toBuilder().setTimestamp(101).build())),
        row(
            "Upsert, empty id: mended, not UNKNOWN",
            INVALID_ARGUMENT,
            "uuid \"\"",
            upsert(vector("", 1))),
        row(
            "Upsert, identical vector",
            GatewayContractTest::storeA,
            ALREADY_EXISTS,
            "same data already exists",
            upsert(vector(A, 1))),
        row("Remove, empty id", INVALID_ARGUMENT, "uuid \"\"", remove("")),
        row("Remove, unknown id", NOT_FOUND, "uuid a not found", remove(A)),
        row(
            "Remove, a holder is away: mended, no stale replica",
            test -> {
              test.storeA();
              test.lose(1);
            },
            UNAVAILABLE,
            "away",
            remove(A)),
        row(
            "Remove, every holder is away: mended, not NOT_FOUND",
            test -> {
              test.storeA();
              test.lose(0);
              test.lose(1);
            },
            UNAVAILABLE,
            "away",
            remove(A)));
  }

  static Stream<Arguments> times() {
    return Stream.of(
        row(
            "RemoveByTimestamp, nothing matches",
            GatewayContractTest::storeA,
            NOT_FOUND,
            "RemoveByTimestamp API remove target not found",
            removeAfter(100)),
        row(
            "RemoveByTimestamp, one location with all agents",
            GatewayContractTest::storeA,
            OK,
            ",agent-",
            removeAfter(99)),
        row(
            "UpdateTimestamp, empty id",
            INVALID_ARGUMENT,
            "UpdateTimestamp API invalid",
            timestamp("", 5)),
        row("UpdateTimestamp, below zero", INVALID_ARGUMENT, "invalid timestamp", timestamp(A, -5)),
        row(
            "UpdateTimestamp, zero: mended, not NOT_FOUND",
            INVALID_ARGUMENT,
            "invalid timestamp",
            timestamp(A, 0)),
        row("UpdateTimestamp, unknown id", NOT_FOUND, "data not found", timestamp(A, 5)),
        row(
            "UpdateTimestamp, not newer",
            GatewayContractTest::storeA,
            ALREADY_EXISTS,
            "newer timestamp already exists",
            timestamp(A, 100)),
        row("UpdateTimestamp", GatewayContractTest::storeA, OK, A, timestamp(A, 101)));
  }

  static Stream<Arguments> reads() {
    return Stream.of(
        row(
            "Exists, empty id",
            INVALID_ARGUMENT,
            "Exists API invalid argument for uuid \"\"",
            channel -> ObjectGrpc.newBlockingStub(channel).exists(id(""))),
        row(
            "Exists, unknown",
            NOT_FOUND,
            "Exists API id a's data not found",
            channel -> ObjectGrpc.newBlockingStub(channel).exists(id(A))),
        row(
            "GetObject, unknown",
            NOT_FOUND,
            "GetObject API id a's object not found",
            channel -> ObjectGrpc.newBlockingStub(channel).getObject(object())),
        row(
            "GetTimestamp, unknown: mended, not an empty OK",
            NOT_FOUND,
            "not found",
            channel -> ObjectGrpc.newBlockingStub(channel).getTimestamp(time())),
        row(
            "GetObject, every holder is away: mended, not NOT_FOUND",
            test -> {
              test.lose(0);
              test.lose(1);
            },
            UNAVAILABLE,
            "away",
            channel -> ObjectGrpc.newBlockingStub(channel).getObject(object())),
        row(
            "IndexInfo, an agent is away",
            test -> test.lose(0),
            OK,
            "",
            channel -> IndexGrpc.newBlockingStub(channel).indexInfo(nothing())),
        row(
            "IndexDetail",
            OK,
            "live_agents: 3",
            channel -> IndexGrpc.newBlockingStub(channel).indexDetail(nothing())),
        row(
            "IndexProperty, by address and name",
            OK,
            "host:0-agent-1",
            channel -> IndexGrpc.newBlockingStub(channel).indexProperty(nothing())),
        row(
            "IndexStatistics",
            GatewayContractTest::storeA,
            OK,
            "number_of_objects: 2",
            channel -> IndexGrpc.newBlockingStub(channel).indexStatistics(nothing())),
        row(
            "Index RPCs, all agents are away: mended, not INTERNAL",
            test -> test.cluster.scripts.forEach(GatewayContractTest::lose),
            UNAVAILABLE,
            "no agent answers",
            channel -> IndexGrpc.newBlockingStub(channel).indexDetail(nothing())),
        row(
            "Flush",
            GatewayContractTest::storeA,
            OK,
            "",
            channel ->
                FlushGrpc.newBlockingStub(channel).flush(Flush.Request.getDefaultInstance())),
        row(
            "Flush, an agent fails: mended, not masked",
            test -> test.lose(0),
            UNAVAILABLE,
            "away",
            channel ->
                FlushGrpc.newBlockingStub(channel).flush(Flush.Request.getDefaultInstance())));
  }

  @ParameterizedTest
  @MethodSource({"writes", "times", "reads"})
  void condition_isAnsweredWithItsCodeAndWords(
      Consumer<GatewayContractTest> before,
      Status.Code code,
      String words,
      Function<Channel, Message> call) {
    before.accept(this);

    assertAnswered(code, words, () -> call.apply(server.channel()));
  }

  private static Arguments row(
      String name, Status.Code code, String words, Function<Channel, Message> call) {
    return row(name, _ -> {}, code, words, call);
  }

  private static Arguments row(
      String name,
      Consumer<GatewayContractTest> before,
      Status.Code code,
      String words,
      Function<Channel, Message> call) {
    return argumentSet(name, before, code, words, call);
  }

  private void storeA() {
    var stored = insert(vector(A, 1).toBuilder().setTimestamp(100).build()).apply(server.channel());
    assertThat(stored.toString()).contains(A);
  }

  /** The holder of "a" of that rank answers nothing but that it is away, undos excepted. */
  private void lose(int rank) {
    lose(cluster.script(new VectorId(A), rank));
  }

  private static void lose(ScriptedVectorStore script) {
    for (var call : Call.values()) {
      if (call != Call.REVOKE) {
        for (int i = 0; i < 10; i++) {
          script.next(call, new Step.Refuse(new Unavailable("away")));
        }
      }
    }
  }

  private static Function<Channel, Message> insert(Object.Vector vector) {
    var request = Insert.Request.newBuilder().setVector(vector).build();
    return channel -> InsertGrpc.newBlockingStub(channel).insert(request);
  }

  private static Function<Channel, Message> update(Object.Vector vector) {
    var request = Update.Request.newBuilder().setVector(vector).build();
    return channel -> UpdateGrpc.newBlockingStub(channel).update(request);
  }

  private static Function<Channel, Message> upsert(Object.Vector vector) {
    var request = Upsert.Request.newBuilder().setVector(vector).build();
    return channel -> UpsertGrpc.newBlockingStub(channel).upsert(request);
  }

  private static Function<Channel, Message> remove(String id) {
    var request = Remove.Request.newBuilder().setId(id(id)).build();
    return channel -> RemoveGrpc.newBlockingStub(channel).remove(request);
  }

  private static Function<Channel, Message> removeAfter(long timestamp) {
    var condition =
        Remove.Timestamp.newBuilder()
            .setOperator(Remove.Timestamp.Operator.GT)
            .setTimestamp(timestamp);
    var request = Remove.TimestampRequest.newBuilder().addTimestamps(condition).build();
    return channel -> RemoveGrpc.newBlockingStub(channel).removeByTimestamp(request);
  }

  private static Function<Channel, Message> timestamp(String id, long timestamp) {
    var request = Update.TimestampRequest.newBuilder().setId(id).setTimestamp(timestamp).build();
    return channel -> UpdateGrpc.newBlockingStub(channel).updateTimestamp(request);
  }

  private static Object.Vector vector(String id, float first) {
    return Object.Vector.newBuilder()
        .setId(id)
        .addVector(first)
        .addVector(2)
        .addVector(3)
        .addVector(4)
        .build();
  }

  private static Object.ID id(String id) {
    return Object.ID.newBuilder().setId(id).build();
  }

  private static Object.VectorRequest object() {
    return Object.VectorRequest.newBuilder().setId(id(A)).build();
  }

  private static Object.TimestampRequest time() {
    return Object.TimestampRequest.newBuilder().setId(id(A)).build();
  }

  private static Empty nothing() {
    return Empty.getDefaultInstance();
  }
}
