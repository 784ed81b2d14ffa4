package dev.kagami.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.kagami.core.AtTheRim;
import dev.kagami.core.store.CheckedVectorStore;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.Node.Role;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.samples.vectorizer.Vectorizer;
import dev.kagami.transport.client.ChannelPool;
import dev.kagami.transport.grpc.FixedNode;
import dev.kagami.transport.grpc.RunningServer;
import dev.kagami.transport.grpc.ValdServices;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vdaas.vald.api.v1.payload.Filter;
import org.vdaas.vald.api.v1.payload.Insert;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Search;
import org.vdaas.vald.api.v1.payload.Update;
import org.vdaas.vald.api.v1.payload.Upsert;
import org.vdaas.vald.api.v1.vald.FilterGrpc;
import org.vdaas.vald.api.v1.vald.InsertGrpc;
import org.vdaas.vald.api.v1.vald.ObjectGrpc;
import org.vdaas.vald.api.v1.vald.SearchGrpc;
import org.vdaas.vald.api.v1.vald.UpdateGrpc;
import org.vdaas.vald.api.v1.vald.UpsertGrpc;

/** A gateway between a Vald client and real filter servers, everything over gRPC on loopback. */
@AtTheRim("real servers run by the wall clock")
class FilterGatewayTest {
  private static final int DIMENSION = 64;
  private static final VectorSpace SPACE = new VectorSpace(DIMENSION, Metric.COSINE);

  private final InstantSource wall = InstantSource.system();
  private final ChannelPool channels = new ChannelPool();
  private final Vectorizer vectorizer = new Vectorizer("127.0.0.1", 0, DIMENSION);
  private final FilterServer filters = new FilterServer();
  private final InMemoryVectorStore memory =
      new InMemoryVectorStore("agent-1", SPACE, new WriterNumber(1, WriterNumber.AGENT), wall);
  private final Map<String, String> settings = new HashMap<>();
  private Optional<RunningServer> gateway = Optional.empty();

  /** Settings count from the first call on. */
  private Channel client() {
    if (gateway.isEmpty()) {
      var read = FilterSettings.read(name -> Optional.ofNullable(settings.get(name)));
      gateway =
          Optional.of(
              new RunningServer(
                  Role.GATEWAY,
                  ValdServices.gateway(
                      new CheckedVectorStore(memory, SPACE, wall),
                      FixedNode.named("gateway", Role.GATEWAY, SPACE),
                      new GrpcVectorFilters(read, channels, wall))));
    }
    return gateway.get().channel();
  }

  private void set(String name, String value) {
    settings.put("kagami.gateway.filter." + name, value);
  }

  @AfterEach
  void stop() {
    gateway.ifPresent(RunningServer::close);
    channels.close();
    vectorizer.close();
    filters.close();
  }

  @Test
  void objects_areWrittenAndFoundByTheConfiguredVectorizer() {
    set("vectorizer", "127.0.0.1:" + vectorizer.port());
    var objects = FilterGrpc.newBlockingStub(client());

    var location =
        objects.insertObject(
            Insert.ObjectRequest.newBuilder().setObject(blob("a", "red green blue")).build());
    objects.upsertObject(
        Upsert.ObjectRequest.newBuilder().setObject(blob("b", "salt and pepper")).build());
    assertThat(location.getUuid()).isEqualTo("a");
    assertThat(search("green")).startsWith("a");
    assertThat(search("pepper")).startsWith("b");

    objects.updateObject(
        Update.ObjectRequest.newBuilder().setObject(blob("a", "oil vinegar")).build());
    assertThat(search("vinegar")).startsWith("a");
    var again = Insert.ObjectRequest.newBuilder().setObject(blob("a", "red")).build();
    assertThat(failure(() -> objects.insertObject(again)))
        .as("the code of the cause, not that of a filter")
        .isEqualTo(Status.Code.ALREADY_EXISTS);
  }

  private List<String> search(String text) {
    return FilterGrpc.newBlockingStub(client())
        .searchObject(searchOf(text))
        .getResultsList()
        .stream()
        .map(Object.Distance::getId)
        .toList();
  }

  @Test
  void multiForms_answerInRequestOrder() {
    set("vectorizer", "127.0.0.1:" + vectorizer.port());
    var objects = FilterGrpc.newBlockingStub(client());

    var inserted =
        objects.multiInsertObject(
            Insert.MultiObjectRequest.newBuilder()
                .addRequests(Insert.ObjectRequest.newBuilder().setObject(blob("a", "one")))
                .addRequests(Insert.ObjectRequest.newBuilder().setObject(blob("b", "two")))
                .build());
    objects.multiUpdateObject(
        Update.MultiObjectRequest.newBuilder()
            .addRequests(Update.ObjectRequest.newBuilder().setObject(blob("a", "three")))
            .build());
    objects.multiUpsertObject(
        Upsert.MultiObjectRequest.newBuilder()
            .addRequests(Upsert.ObjectRequest.newBuilder().setObject(blob("c", "four")))
            .build());
    var found =
        objects.multiSearchObject(
            Search.MultiObjectRequest.newBuilder()
                .addRequests(searchOf("four"))
                .addRequests(searchOf("three"))
                .addRequests(searchOf("two"))
                .build());

    assertThat(inserted.getLocationsList())
        .extracting(Object.Location::getUuid)
        .containsExactly("a", "b");
    assertThat(found.getResponsesList())
        .extracting(response -> response.getResults(0).getId())
        .containsExactly("c", "a", "b");
  }

  @Test
  void streams_answerEachRequestAndGoOnAfterABadOne() throws Exception {
    set("vectorizer", "127.0.0.1:" + vectorizer.port());
    var objects = FilterGrpc.newStub(client());
    var noText =
        Object.Blob.newBuilder().setId("z").setObject(ByteString.copyFrom(new byte[] {-1}));

    var inserted = new Received<Object.StreamLocation>();
    var inserts = objects.streamInsertObject(inserted);
    inserts.onNext(Insert.ObjectRequest.newBuilder().setObject(blob("a", "one")).build());
    inserts.onNext(Insert.ObjectRequest.newBuilder().setObject(noText).build());
    inserts.onCompleted();
    assertThat(inserted.all())
        .extracting(answer -> answer.getLocation().getUuid() + answer.getStatus().getCode())
        .containsExactlyInAnyOrder("a0", "13");

    var updated = new Received<Object.StreamLocation>();
    var updates = objects.streamUpdateObject(updated);
    updates.onNext(Update.ObjectRequest.newBuilder().setObject(blob("a", "two")).build());
    updates.onNext(Update.ObjectRequest.newBuilder().setObject(blob("unknown", "two")).build());
    updates.onCompleted();
    assertThat(updated.all())
        .extracting(answer -> answer.getLocation().getUuid() + answer.getStatus().getCode())
        .containsExactlyInAnyOrder("a0", "5");

    var upserted = new Received<Object.StreamLocation>();
    var upserts = objects.streamUpsertObject(upserted);
    upserts.onNext(Upsert.ObjectRequest.newBuilder().setObject(blob("b", "three")).build());
    upserts.onCompleted();
    assertThat(upserted.all()).hasSize(1);

    var found = new Received<Search.StreamResponse>();
    var searches = objects.streamSearchObject(found);
    searches.onNext(searchOf("three"));
    searches.onCompleted();
    assertThat(found.all())
        .singleElement()
        .extracting(answer -> answer.getResponse().getResults(0).getId())
        .isEqualTo("b");
  }

  @ParameterizedTest(name = "vectorizer {0}, configured {1}: {2}")
  @CsvSource({
    "'', '', INVALID_ARGUMENT",
    "':0', '', INVALID_ARGUMENT",
    "'127.0.0.1:0', here, INVALID_ARGUMENT",
    "'127.0.0.1:70000', here, INVALID_ARGUMENT",
    "'127.0.0.1:1', here, PERMISSION_DENIED",
    "'', nowhere, UNAVAILABLE",
    "'', here, OK",
  })
  void vectorizerIsMissingOrBad_saysWhy(String named, String configured, String expected) {
    if (configured.equals("here")) {
      set("vectorizer", "127.0.0.1:" + vectorizer.port());
    } else if (configured.equals("nowhere")) {
      set("vectorizer", "127.0.0.1:1");
    }
    var request = Insert.ObjectRequest.newBuilder().setObject(blob("a", "one"));
    if (!named.isEmpty()) {
      int colon = named.indexOf(':');
      request.setVectorizer(
          target(named.substring(0, colon), Integer.parseInt(named.substring(colon + 1))));
    }
    var call = request.build();

    assertThat(outcome(() -> FilterGrpc.newBlockingStub(client()).insertObject(call)))
        .isEqualTo(expected);
  }

  @Test
  void vectorizerFails_internalWithItsOwnWords() {
    set("vectorizer", "127.0.0.1:" + vectorizer.port());
    var noText =
        Search.ObjectRequest.newBuilder()
            .setObject(ByteString.copyFrom(new byte[] {-1}))
            .setConfig(Search.Config.newBuilder().setNum(1))
            .build();

    var failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> FilterGrpc.newBlockingStub(client()).searchObject(noText));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(failure)
        .hasMessageContaining("127.0.0.1:" + vectorizer.port())
        .hasMessageContaining("no UTF-8 text");
  }

  @Test
  void ingressFilters_changeVectorsInTheirOrder() {
    set("insert", filters.address());
    set("named", filters.address());
    filters.onVector(vector -> vector.setVector(0, vector.getVector(0) * 2 + 1));
    var stub = InsertGrpc.newBlockingStub(client());

    stub.insert(Insert.Request.newBuilder().setVector(vector("a", 1)).build());
    stub.insert(
        Insert.Request.newBuilder()
            .setVector(vector("b", 1))
            .setConfig(Insert.Config.newBuilder().setFilters(named()))
            .build());

    assertThat(stored("a").getVector(0)).as("configured").isEqualTo(3);
    assertThat(stored("b").getVector(0)).as("configured, then named").isEqualTo(7);
  }

  @Test
  void ingressFilterNamedByEveryKindOfRequest_isAsked() {
    set("named", "*");
    var insert = Insert.Request.newBuilder().setVector(vector("a", 1)).build();
    InsertGrpc.newBlockingStub(client()).insert(insert);
    filters.onVector(vector -> vector.clearId().setVector(0, 9));

    UpdateGrpc.newBlockingStub(client())
        .update(
            Update.Request.newBuilder()
                .setVector(vector("a", 5))
                .setConfig(Update.Config.newBuilder().setFilters(named()))
                .build());
    assertThat(stored("a").getVector(0)).as("under the id that it had").isEqualTo(9);
    UpsertGrpc.newBlockingStub(client())
        .upsert(
            Upsert.Request.newBuilder()
                .setVector(vector("b", 5))
                .setConfig(Upsert.Config.newBuilder().setFilters(named()))
                .build());
    assertThat(stored("b").getVector(0)).isEqualTo(9);
    SearchGrpc.newBlockingStub(client())
        .search(searchNear(1).setConfig(config().setIngressFilters(named())).build());
    assertThat(filters.vectorsSeen()).as("update, upsert, search").isEqualTo(3);
  }

  @Test
  void egressFilters_replaceHitsAndStoredVectors() {
    set("distance", filters.address());
    set("object", filters.address());
    var stub = InsertGrpc.newBlockingStub(client());
    for (int i = 0; i < 45; i++) {
      stub.insert(Insert.Request.newBuilder().setVector(vector("id-" + i, i)).build());
    }
    filters.onDistance(hit -> hit.setId(hit.getId() + "!"));
    filters.onVector(vector -> vector.setVector(0, -1));

    var hits =
        SearchGrpc.newBlockingStub(client())
            .search(searchNear(1).setConfig(config().setNum(45)).build());

    assertThat(hits.getResultsList())
        .hasSize(45)
        .allSatisfy(hit -> assertThat(hit.getId()).endsWith("!"))
        .isSortedAccordingTo((one, other) -> Float.compare(one.getDistance(), other.getDistance()));
    assertThat(stored("id-3").getVector(0)).isEqualTo(-1);
  }

  @Test
  void egressFilterFails_theSearchFailsNamingIt() {
    InsertGrpc.newBlockingStub(client())
        .insert(Insert.Request.newBuilder().setVector(vector("a", 1)).build());
    var strange =
        searchNear(1)
            .setConfig(
                config()
                    .setEgressFilters(Filter.Config.newBuilder().addTargets(target("", 20_000))))
            .build();

    assertThat(failure(() -> SearchGrpc.newBlockingStub(client()).search(strange)))
        .as("nobody may be named")
        .isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  @Test
  void filterRuinsTheVector_isRefusedAsEveryBadVector() {
    set("insert", filters.address());
    filters.onVector(vector -> vector.clearVector().addVector(1));
    var request = Insert.Request.newBuilder().setVector(vector("a", 1)).build();

    assertThat(failure(() -> InsertGrpc.newBlockingStub(client()).insert(request)))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(memory.contents()).isEmpty();
  }

  private static final class Received<A> implements StreamObserver<A> {
    private final BlockingQueue<Optional<A>> answers = new LinkedBlockingQueue<>();

    @Override
    public void onNext(A answer) {
      answers.add(Optional.of(answer));
    }

    @Override
    public void onError(Throwable failure) {
      answers.add(Optional.empty());
      throw new AssertionError(failure);
    }

    @Override
    public void onCompleted() {
      answers.add(Optional.empty());
    }

    List<A> all() throws InterruptedException {
      var all = new ArrayList<A>();
      for (var next = next(); next.isPresent(); next = next()) {
        all.add(next.get());
      }
      return all;
    }

    private Optional<A> next() throws InterruptedException {
      var next = answers.poll(30, TimeUnit.SECONDS);
      assertThat(next).as("an answer in time").isNotNull();
      return next;
    }
  }

  private Object.Vector stored(String id) {
    return ObjectGrpc.newBlockingStub(client())
        .getObject(
            Object.VectorRequest.newBuilder().setId(Object.ID.newBuilder().setId(id)).build());
  }

  private Filter.Config named() {
    return Filter.Config.newBuilder().addTargets(target("127.0.0.1", filters.port())).build();
  }

  private static Filter.Target target(String host, int port) {
    return Filter.Target.newBuilder().setHost(host).setPort(port).build();
  }

  private static Object.Blob blob(String id, String text) {
    return Object.Blob.newBuilder().setId(id).setObject(ByteString.copyFromUtf8(text)).build();
  }

  private static Search.ObjectRequest searchOf(String text) {
    return Search.ObjectRequest.newBuilder()
        .setObject(ByteString.copyFromUtf8(text))
        .setConfig(config())
        .build();
  }

  private static Search.Config.Builder config() {
    return Search.Config.newBuilder().setNum(3).setRadius(-1);
  }

  private static Search.Request.Builder searchNear(float first) {
    return Search.Request.newBuilder().addAllVector(vector("", first).getVectorList());
  }

  private static Object.Vector vector(String id, float first) {
    var vector = Object.Vector.newBuilder().setId(id).addVector(first);
    for (int i = 1; i < DIMENSION; i++) {
      vector.addVector(1);
    }
    return vector.build();
  }

  private static Status.Code failure(ThrowingCallable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call).getStatus().getCode();
  }

  private static String outcome(Runnable call) {
    try {
      call.run();
      return "OK";
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode().toString();
    }
  }
}
