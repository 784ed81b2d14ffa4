package dev.kagami.transport.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.CallContext.Origin;
import dev.kagami.core.store.Node.Role;
import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.vald.ObjectGrpc;

class PeerInterceptorTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final String SECRET = "the-right-secret";

  @ParameterizedTest(name = "{0} is asked {1}, forwarded-for {2}, secret {3}: {4}")
  @CsvSource({
    // our own protocol, at every process
    "AGENT,   kagami.v1.Store/Apply,       no,  right,   PEER",
    "AGENT,   kagami.v1.Store/Apply,       no,  missing, DENIED",
    "GATEWAY, kagami.v1.Store/Find,        no,  wrong,   DENIED",
    "MIRROR,  kagami.v1.Node/Hello,        no,  missing, DENIED",
    "MIRROR,  kagami.v1.Node/Hello,        yes, missing, DENIED",
    "MIRROR,  kagami.v1.Store/Apply,       no,  right,   PEER",
    // users
    "AGENT,   vald.v1.Insert/Insert,       no,  missing, USER",
    "MIRROR,  vald.v1.Insert/Insert,       no,  missing, USER",
    "MIRROR,  vald.v1.Insert/Insert,       no,  right,   USER",
    "MIRROR,  vald.v1.Insert/Insert,       no,  wrong,   USER",
    // what claims to be forwarded is judged by mirrors, and only where it changes something
    "MIRROR,  vald.v1.Insert/MultiInsert,  yes, missing, DENIED",
    "MIRROR,  vald.v1.Insert/StreamInsert, yes, wrong,   DENIED",
    "MIRROR,  vald.v1.Update/Update,       yes, missing, DENIED",
    "MIRROR,  vald.v1.Upsert/Upsert,       yes, missing, DENIED",
    "MIRROR,  vald.v1.Remove/Remove,       yes, missing, DENIED",
    "MIRROR,  vald.v1.Flush/Flush,         yes, missing, DENIED",
    "MIRROR,  vald.v1.Filter/InsertObject, yes, missing, DENIED",
    "MIRROR,  vald.v1.Insert/Insert,       yes, right,   PEER",
    "MIRROR,  vald.v1.Search/Search,       yes, missing, USER",
    "MIRROR,  vald.v1.Object/GetObject,    yes, missing, USER",
    "MIRROR,  vald.v1.Filter/SearchObject, yes, missing, USER",
    "MIRROR,  vald.v1.Insert/Insert,       empty, missing, USER",
    "MIRROR,  vald.v1.Insert/Insert,       empty-and-yes, missing, DENIED",
    "GATEWAY, vald.v1.Insert/Insert,       yes, missing, USER",
    "AGENT,   vald.v1.Remove/Remove,       yes, missing, USER",
    // joining the mesh
    "MIRROR,  mirror.v1.Mirror/Register,   no,  missing, DENIED",
    "MIRROR,  mirror.v1.Mirror/Register,   yes, wrong,   DENIED",
    "MIRROR,  mirror.v1.Mirror/Register,   no,  right,   PEER",
    // what every server has
    "MIRROR,  grpc.health.v1.Health/Check, yes, missing, USER",
  })
  void call_isJudgedByMethodRoleAndSecret(
      Role role, String method, String forwarded, String secret, String verdict) {
    var headers = new Metadata();
    switch (forwarded) {
      case "yes" -> put(headers, "forwarded-for", "mirror-b");
      case "empty" -> put(headers, "forwarded-for", "");
      case "empty-and-yes" -> {
        put(headers, "forwarded-for", "mirror-b");
        put(headers, "forwarded-for", "");
      }
      default -> assertThat(forwarded).isEqualTo("no");
    }
    switch (secret) {
      case "right" -> put(headers, "kagami-mesh", SECRET);
      case "wrong" -> put(headers, "kagami-mesh", "the-wrong-secret");
      default -> assertThat(secret).isEqualTo("missing");
    }

    assertThat(judge(role, method, headers)).isEqualTo(verdict);
  }

  private static void put(Metadata headers, String key, String value) {
    headers.put(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER), value);
  }

  private static String judge(Role role, String method, Metadata headers) {
    try {
      return call(role, method, headers).origin().name();
    } catch (StatusRuntimeException refused) {
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
      return "DENIED";
    }
  }

  @Test
  void deadlineOfCall_isTheContextsDeadline() {
    var executor =
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
    var seen = new AtomicReference<CallContext>();

    try (var context = Context.ROOT.withDeadlineAfter(1, TimeUnit.HOURS, executor)) {
      context.run(() -> seen.set(call(Role.AGENT, "vald.v1.Object/Exists", new Metadata())));
    }

    assertThat(seen.get().deadline()).isBetween(NOON.plusSeconds(3_590), NOON.plusSeconds(3_600));
    executor.shutdownNow();
  }

  @Test
  void callWithoutDeadline_isUnbounded() {
    var call = call(Role.AGENT, "vald.v1.Object/Exists", new Metadata());

    assertThat(call).isEqualTo(new CallContext(Instant.MAX, Origin.USER));
  }

  /** What the service is told of the call. */
  private static CallContext call(Role role, String method, Metadata headers) {
    var interceptor = new PeerInterceptor(MeshSecret.of(SECRET), role, InstantSource.fixed(NOON));
    var seen = new AtomicReference<CallContext>();
    interceptor.interceptCall(
        new NamedCall(method),
        headers,
        (_, _) -> {
          seen.set(PeerInterceptor.currentCall());
          return new ServerCall.Listener<>() {};
        });
    return seen.get();
  }

  /** A call of which nothing but the name counts. */
  private static final class NamedCall extends ServerCall<Object.ID, Object.ID> {
    private final String name;

    NamedCall(String name) {
      this.name = name;
    }

    @Override
    public MethodDescriptor<Object.ID, Object.ID> getMethodDescriptor() {
      return ObjectGrpc.getExistsMethod().toBuilder().setFullMethodName(name).build();
    }

    @Override
    public void request(int numMessages) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(Object.ID message) {}

    @Override
    public void close(Status status, Metadata trailers) {}

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public Attributes getAttributes() {
      return Attributes.EMPTY;
    }
  }
}
