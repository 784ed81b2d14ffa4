package dev.kagami.transport.grpc;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kagami.core.store.CheckedVectorStore;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.ScriptedVectorStore;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.time.InstantSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.vdaas.vald.api.v1.payload.Insert;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Search;
import org.vdaas.vald.api.v1.payload.Upsert;

/** An agent over a store in memory, of two dimensions, and the words of tests that ask it. */
abstract class ServedStore {
  /** What the store's clock says. */
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private static final VectorSpace SPACE = new VectorSpace(2, Metric.L2);

  final InMemoryVectorStore memory =
      new InMemoryVectorStore(
          "agent-1", SPACE, new WriterNumber(1, WriterNumber.AGENT), InstantSource.fixed(NOON));

  /** Between the services and the store. */
  final ScriptedVectorStore scripted = new ScriptedVectorStore(memory);

  private final CheckedVectorStore checked =
      new CheckedVectorStore(scripted, SPACE, InstantSource.fixed(NOON));
  private final RunningServer server = serve(checked);

  /** Which role serves the store. */
  RunningServer serve(CheckedVectorStore store) {
    return RunningServer.agent(store);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  RunningServer server() {
    return server;
  }

  Channel channel() {
    return server.channel();
  }

  static Object.Vector vector(String id, float... components) {
    var vector = Object.Vector.newBuilder().setId(id);
    for (float component : components) {
      vector.addVector(component);
    }
    return vector.build();
  }

  static Insert.Request insert(String id, float... components) {
    return Insert.Request.newBuilder().setVector(vector(id, components)).build();
  }

  static Upsert.Request upsert(String id, float... components) {
    return Upsert.Request.newBuilder().setVector(vector(id, components)).build();
  }

  static Object.ID id(String id) {
    return Object.ID.newBuilder().setId(id).build();
  }

  static Search.Request search(String requestId, int num, float... components) {
    var request = Search.Request.newBuilder().setConfig(config(requestId, num));
    for (float component : components) {
      request.addVector(component);
    }
    return request.build();
  }

  static Search.IDRequest searchById(String requestId, int num, String id) {
    return Search.IDRequest.newBuilder().setConfig(config(requestId, num)).setId(id).build();
  }

  private static Search.Config config(String requestId, int num) {
    return Search.Config.newBuilder().setRequestId(requestId).setNum(num).setRadius(-1).build();
  }

  /** What the call fails with. */
  static StatusRuntimeException failure(ThrowingCallable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call);
  }
}
