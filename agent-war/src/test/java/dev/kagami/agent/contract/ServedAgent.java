package dev.kagami.agent.contract;

import dev.kagami.agent.index.AgentIdentity;
import dev.kagami.agent.index.IndexExecutors;
import dev.kagami.agent.index.IndexSettings;
import dev.kagami.agent.index.LuceneVectorStore;
import dev.kagami.agent.log.MemoryLog;
import dev.kagami.core.clock.ControlledScheduler;
import dev.kagami.core.store.CheckedVectorStore;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.transport.grpc.RunningServer;
import io.grpc.Channel;
import java.util.List;
import org.vdaas.vald.api.v1.agent.core.AgentGrpc;
import org.vdaas.vald.api.v1.payload.Control;
import org.vdaas.vald.api.v1.payload.Empty;
import org.vdaas.vald.api.v1.payload.Insert;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Remove;
import org.vdaas.vald.api.v1.payload.Search;
import org.vdaas.vald.api.v1.payload.Update;
import org.vdaas.vald.api.v1.payload.Upsert;
import org.vdaas.vald.api.v1.vald.FlushGrpc;
import org.vdaas.vald.api.v1.vald.IndexGrpc;
import org.vdaas.vald.api.v1.vald.InsertGrpc;
import org.vdaas.vald.api.v1.vald.ObjectGrpc;
import org.vdaas.vald.api.v1.vald.RemoveGrpc;
import org.vdaas.vald.api.v1.vald.SearchGrpc;
import org.vdaas.vald.api.v1.vald.UpdateGrpc;
import org.vdaas.vald.api.v1.vald.UpsertGrpc;

/** The agent's own store behind a real port, and the requests of tests, of two dimensions. */
final class ServedAgent implements AutoCloseable {
  private static final VectorSpace SPACE = new VectorSpace(2, Metric.L2);

  private final ControlledScheduler time = new ControlledScheduler();
  private final LuceneVectorStore store =
      LuceneVectorStore.open(
          new AgentIdentity(
              "agent-1", List.of("127.0.0.1"), new WriterNumber(1, WriterNumber.AGENT)),
          IndexSettings.of(SPACE),
          new MemoryLog(),
          IndexExecutors.DIRECT,
          time);
  private final RunningServer server =
      RunningServer.agent(new CheckedVectorStore(store, SPACE, time));

  final InsertGrpc.InsertBlockingStub inserts = InsertGrpc.newBlockingStub(channel());
  final UpdateGrpc.UpdateBlockingStub updates = UpdateGrpc.newBlockingStub(channel());
  final UpsertGrpc.UpsertBlockingStub upserts = UpsertGrpc.newBlockingStub(channel());
  final RemoveGrpc.RemoveBlockingStub removes = RemoveGrpc.newBlockingStub(channel());
  final ObjectGrpc.ObjectBlockingStub objects = ObjectGrpc.newBlockingStub(channel());
  final SearchGrpc.SearchBlockingStub searches = SearchGrpc.newBlockingStub(channel());
  final AgentGrpc.AgentBlockingStub agents = AgentGrpc.newBlockingStub(channel());
  final IndexGrpc.IndexBlockingStub indexes = IndexGrpc.newBlockingStub(channel());
  final FlushGrpc.FlushBlockingStub flushes = FlushGrpc.newBlockingStub(channel());

  Channel channel() {
    return server.channel();
  }

  @Override
  public void close() {
    server.close();
    store.close();
  }

  /** Stores "a" at (1, 2), of time 100. */
  void storeA() {
    var _ = inserts.insert(insert(vector("a", 1, 2).toBuilder().setTimestamp(100).build()));
  }

  /** Stores "a" and removes it. */
  void storeAndRemoveA() {
    storeA();
    var _ = removes.remove(remove("a"));
  }

  Object.Locations multiInsert(Object.Vector... vectors) {
    var request = Insert.MultiRequest.newBuilder();
    for (var vector : vectors) {
      request.addRequests(insert(vector));
    }
    return inserts.multiInsert(request.build());
  }

  static Object.Vector vector(String id, float... components) {
    var vector = Object.Vector.newBuilder().setId(id);
    for (float component : components) {
      vector.addVector(component);
    }
    return vector.build();
  }

  static Insert.Request insert(Object.Vector vector) {
    return Insert.Request.newBuilder().setVector(vector).build();
  }

  static Update.Request update(Object.Vector vector) {
    return Update.Request.newBuilder().setVector(vector).build();
  }

  static Upsert.Request upsert(Object.Vector vector) {
    return Upsert.Request.newBuilder().setVector(vector).build();
  }

  static Remove.Request remove(String id) {
    return Remove.Request.newBuilder().setId(id(id)).build();
  }

  static Remove.TimestampRequest removeBy(Remove.Timestamp.Operator operator, long timestamp) {
    var condition =
        Remove.Timestamp.newBuilder().setOperator(operator).setTimestamp(timestamp).build();
    return Remove.TimestampRequest.newBuilder().addTimestamps(condition).build();
  }

  static Update.TimestampRequest timestamp(String id, long timestamp, boolean force) {
    return Update.TimestampRequest.newBuilder()
        .setId(id)
        .setTimestamp(timestamp)
        .setForce(force)
        .build();
  }

  static Object.ID id(String id) {
    return Object.ID.newBuilder().setId(id).build();
  }

  static Object.VectorRequest object(String id) {
    return Object.VectorRequest.newBuilder().setId(id(id)).build();
  }

  static Object.TimestampRequest time(String id) {
    return Object.TimestampRequest.newBuilder().setId(id(id)).build();
  }

  static Search.Request search(float radius, int minNum, float... components) {
    var request = Search.Request.newBuilder().setConfig(config(radius, minNum));
    for (float component : components) {
      request.addVector(component);
    }
    return request.build();
  }

  static Search.IDRequest searchById(String id) {
    return Search.IDRequest.newBuilder().setId(id).setConfig(config(-1, 0)).build();
  }

  private static Search.Config config(float radius, int minNum) {
    return Search.Config.newBuilder()
        .setRequestId("r")
        .setNum(10)
        .setRadius(radius)
        .setMinNum(minNum)
        .build();
  }

  static Control.CreateIndexRequest pool(int size) {
    return Control.CreateIndexRequest.newBuilder().setPoolSize(size).build();
  }

  static Empty nothing() {
    return Empty.getDefaultInstance();
  }
}
