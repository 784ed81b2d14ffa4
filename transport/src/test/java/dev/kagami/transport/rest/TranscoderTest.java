package dev.kagami.transport.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.ByteString;
import dev.kagami.core.error.ErrorDetail;
import dev.kagami.core.error.ValdException;
import dev.kagami.core.error.ValdException.Code;
import dev.kagami.core.store.CheckedVectorStore;
import dev.kagami.core.store.InMemoryVectorStore;
import dev.kagami.core.store.Node;
import dev.kagami.core.store.ScriptedVectorStore;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import dev.kagami.core.vector.VectorSpace;
import dev.kagami.transport.grpc.Eventually;
import dev.kagami.transport.grpc.FixedNode;
import dev.kagami.transport.grpc.InProcessServer;
import dev.kagami.transport.grpc.RunningServer;
import dev.kagami.transport.grpc.ValdServices;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TranscoderTest {
  private static final VectorSpace SPACE = new VectorSpace(2, Metric.L2);
  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));
  private static final Map<String, String> JSON = Map.of("content-type", "application/json");

  private final InMemoryVectorStore memory =
      new InMemoryVectorStore("agent-1", SPACE, new WriterNumber(1, WriterNumber.AGENT), NOON);
  private final ScriptedVectorStore scripted = new ScriptedVectorStore(memory);
  private final InProcessServer services = services(Node.Role.AGENT);
  private final Transcoder transcoder = new Transcoder(services.channel(), services.services());

  private InProcessServer services(Node.Role role) {
    return new InProcessServer(
        ValdServices.agent(
            new CheckedVectorStore(scripted, SPACE, NOON), FixedNode.named("agent-1", role, SPACE)),
        role,
        RunningServer.SECRET,
        NOON);
  }

  @AfterEach
  void stop() {
    services.close();
  }

  private RestReply post(String path, String body) {
    return send(new RestRequest("POST", path, "", JSON, ByteString.copyFromUtf8(body)));
  }

  private RestReply get(String path) {
    var parts = path.split("\\?", 2);
    return send(
        new RestRequest(
            "GET", parts[0], parts.length > 1 ? parts[1] : "", Map.of(), ByteString.EMPTY));
  }

  private RestReply send(RestRequest request) {
    return Eventually.get(transcoder.answer(request).toCompletableFuture());
  }

  private static JsonObject json(RestReply reply) {
    return JsonParser.parseString(reply.body()).getAsJsonObject();
  }

  /** Expects a problem with this status and these words in it. */
  private static JsonObject problem(RestReply reply, int status, String... words) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.contentType()).isEqualTo("application/problem+json");
    var problem = json(reply);
    assertThat(problem.keySet())
        .containsExactly("type", "title", "status", "detail", "code", "details");
    assertThat(problem.get("status").getAsInt()).isEqualTo(status);
    for (var word : words) {
      assertThat(problem.get("detail").getAsString()).contains(word);
    }
    return problem;
  }

  @Test
  void writeAndReadsOfIt_speakProtoJson() {
    var inserted =
        post("/insert", "{\"vector\":{\"id\":\"a\",\"vector\":[1,2.5],\"timestamp\":\"77\"}}");

    assertThat(inserted.status()).as(inserted.body()).isEqualTo(200);
    assertThat(inserted.contentType()).isEqualTo("application/json");
    assertThat(json(inserted).get("uuid").getAsString()).isEqualTo("a");
    assertThat(get("/exists/a").body()).isEqualTo("{\"id\":\"a\"}");
    assertThat(get("object/a").body())
        .isEqualTo("{\"id\":\"a\",\"vector\":[1.0,2.5],\"timestamp\":\"77\"}");
    assertThat(get("/object/meta/a").body()).isEqualTo("{\"id\":\"a\",\"timestamp\":\"77\"}");
    assertThat(
            post("/search", "{\"vector\":[1,2.5],\"config\":{\"requestId\":\"r\",\"num\":1}}")
                .body())
        .isEqualTo("{\"requestId\":\"r\",\"results\":[{\"id\":\"a\",\"distance\":0.0}]}");
    assertThat(get("/index/info").body())
        .isEqualTo("{\"stored\":0,\"uncommitted\":1,\"indexing\":false,\"saving\":false}");
    assertThat(get("/index/create/16").body()).isEqualTo("{}");
    assertThat(post("/remove", "{\"id\":{\"id\":\"a\"}}").status()).isEqualTo(200);
    problem(get("/exists/a"), 404, "Exists API id a's data not found");
  }

  @Test
  void namesAsInTheProtosAndUnknownOnes_areTaken() {
    var reply =
        post(
            "/upsert/multiple",
            """
            {"requests": [{"vector": {"id": "a", "vector": [1, 2]}, "surprise": [{}],
              "config": {"skip_strict_exist_check": true}}]}\
            """);

    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(memory.contents()).containsKey(new VectorId("a"));
  }

  @ParameterizedTest
  @CsvSource({
    "a%2Fb, a/b",
    "..%2F..%2Fetc, ../../etc",
    "%F0%9F%98%80, \uD83D\uDE00",
    "a+b, a+b",
    "%0A, '\n'",
    "\u00e9, \u00e9",
    "list, list",
  })
  void oddIdInPath_isOneEncodedSegment(String encoded, String id) {
    post("/insert", "{\"vector\":{\"vector\":[1,2],\"id\":" + new JsonPrimitive(id) + "}}");

    assertThat(json(get("/exists/" + encoded)).get("id").getAsString()).isEqualTo(id);
  }

  @Test
  void idThatContainersRefuseInPaths_mayComeAsParameter() {
    for (var id : List.of("a/b c+d", "\u0000\n", "../x", "meta")) {
      var encoded = URLEncoder.encode(id, UTF_8);
      post("/upsert", "{\"vector\":{\"vector\":[1,2],\"id\":" + new JsonPrimitive(id) + "}}");

      assertThat(json(get("/exists?id=" + encoded)).get("id").getAsString()).isEqualTo(id);
      assertThat(json(get("/object?x=1&id.id=" + encoded)).keySet()).contains("vector");
      assertThat(json(get("/object/meta?id.id=" + encoded)).keySet())
          .containsExactly("id", "timestamp");
    }
    // without the parameter it is the object of that id
    assertThat(json(get("/object/meta")).keySet()).contains("vector");
    problem(get("/exists?id="), 400, "the id is empty");
    problem(get("/exists?x=1"), 404);
    problem(get("/exists?id=%"), 400);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"id":{"id":"a","id":"b"}}                     | 'id' twice
          {"id":{"id":"a"},"id":{"id":"b"}}              | 'id' twice
          {"config":{"skipStrictExistCheck":true,"skip_strict_exist_check":true}} | already been set
          {"id":{"id":"a"}} // nothing                   | no valid JSON
          {"id":{"id":"a"} /* nothing */}                | no valid JSON
          {"id":{'id':"a"}}                              | no valid JSON
          {id:{"id":"a"}}                                | no valid JSON
          {"id":{"id":"a"}} {}                           | no valid JSON
          {"id":{"id":"a"},}                             | no valid JSON
          {"id":{"id":"a"}                               | no complete JSON
          {"id":{"id":"a                                 | no valid JSON
          {"config":{"timestamp":1e400}}                 | does not fit
          {"config":{"timestamp":"9223372036854775808"}} | does not fit
          {"config":{"timestamp":1.5}}                   | does not fit
          {"id":"a"}                                     | does not fit
          ["a"]                                          | no JSON object
          "a"                                            | no JSON object
          null                                           | no JSON object
          """)
  void bodyThatIsNotTheJsonOfARequest_isABadRequest(String body, String why) {
    var problem = problem(post("/remove", body), 400, why);

    assertThat(problem.get("code").getAsString()).isEqualTo("INVALID_ARGUMENT");
    assertThat(scripted.mutations()).isEmpty();
  }

  @Test
  void numberThatNoFloatHolds_isABadRequest() {
    for (var number : List.of("1e400", "-1e400", "1e39", "01", "+1", ".5", "0x10", "Infinity")) {
      var body = "{\"vector\":{\"id\":\"a\",\"vector\":[1," + number + "]}}";

      problem(post("/insert", body), 400);
    }
    // as text these are proto3 JSON, and refused for what they are
    problem(
        post("/insert", "{\"vector\":{\"id\":\"a\",\"vector\":[1,\"NaN\"]}}"),
        400,
        "component 1 is NaN");
    assertThat(scripted.mutations()).isEmpty();
  }

  @Test
  void byteOrderMarkBadTextEmptinessAndDepth_areBadRequests() {
    problem(post("/remove", "\uFEFF{\"id\":{\"id\":\"a\"}}"), 400, "byte-order mark");
    problem(post("/remove", ""), 400, "no complete JSON");
    problem(post("/remove", "{\"x\":" + "[".repeat(100) + "]".repeat(100) + "}"), 400, "JSON");
    problem(
        send(
            new RestRequest(
                "POST",
                "/remove",
                "",
                JSON,
                ByteString.copyFrom(new byte[] {'"', (byte) 0xC3, '"'}))),
        400,
        "not valid UTF-8");
    problem(post("/remove", "{\"id\":{\"id\":\"\\ud800\"}}"), 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json;charset=utf-16",
        "application/json-patch+json",
        ""
      })
  void contentTypeThatIsNotJson_isABadRequest(String type) {
    var headers = type.isEmpty() ? Map.<String, String>of() : Map.of("Content-Type", type);

    problem(
        send(new RestRequest("POST", "/remove", "", headers, ByteString.copyFromUtf8("{}"))), 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json; charset=UTF-8", "APPLICATION/JSON"})
  void contentTypeInOtherLetters_isTaken(String type) {
    var body = ByteString.copyFromUtf8("{\"vector\":{\"id\":\"a\",\"vector\":[1,2]}}");

    var reply = send(new RestRequest("POST", "/insert", "", Map.of("CONTENT-TYPE", type), body));

    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void bodyAboveTheLimit_isTooLarge() {
    var body = ByteString.copyFrom(new byte[Transcoder.MAX_BODY_BYTES + 1]);

    problem(send(new RestRequest("POST", "/insert", "", JSON, body)), 413, "67108864");
  }

  @Test
  void pathOrVerbThatIsNone_isSaid() {
    problem(get("/"), 404);
    problem(get("/inserts"), 404);
    problem(get("/exists/a/b"), 404);
    problem(get("/kagami.v1.Store/Apply"), 404);
    problem(get("/insert"), 405, "this path takes POST");
    problem(post("/exists/a", "{}"), 405, "this path takes GET");
    problem(get("/exists/%C3%28"), 400, "UTF-8");
    problem(get("/exists/%"), 400);
    problem(get("/exists/%zz"), 400, "%zz");
    problem(get("/exists/"), 400, "the id is empty");
    problem(get("/index/create/many"), 400, "pool_size");
  }

  @Test
  void timesAndIndex_haveTheirPlacesToo() {
    post("/insert", "{\"vector\":{\"id\":\"a\",\"vector\":[1,2],\"timestamp\":\"100\"}}");

    assertThat(post("/update/timestamp", "{\"id\":\"a\",\"timestamp\":\"101\"}").status())
        .isEqualTo(200);
    assertThat(get("/object/meta/a").body()).contains("\"101\"");
    assertThat(get("/index/detail").body()).contains("agent-1");
    assertThat(get("/index/statistics").body()).contains("\"valid\":true");
    assertThat(get("/index/property").body()).contains("\"dimension\":2");
    assertThat(get("/resource/stats").body()).contains("cpuLimitCores");
    var byTime = "{\"timestamps\":[{\"timestamp\":\"101\",\"operator\":\"EQ\"}]}";
    assertThat(post("/remove/timestamp", byTime).body()).contains("\"uuid\":\"a\"");
    problem(post("/remove/timestamp", byTime), 404, "remove target not found");
  }

  @Test
  void everythingIsFlushed_nothingIsLeft() {
    post("/insert", "{\"vector\":{\"id\":\"a\",\"vector\":[1,2]}}");

    var flush = send(new RestRequest("DELETE", "/flush", "", Map.of(), ByteString.EMPTY));

    assertThat(flush.status()).isEqualTo(200);
    assertThat(memory.contents()).isEmpty();
  }

  @Test
  void stream_isNotOffered() {
    problem(get("/object/list"), 501, "use gRPC");
  }

  @ParameterizedTest
  @EnumSource
  void failureOfStore_hasItsHttpStatusAndCode(Code code) {
    var target = new ErrorDetail.TargetOutcome("B", "rolled back");
    scripted.next(
        Call.FIND, new Step.Refuse(ValdException.of(code, "for a test", List.of(target), null)));

    var reply = get("/exists/a");

    int expected =
        switch (code) {
          case INVALID_ARGUMENT -> 400;
          case PERMISSION_DENIED -> 403;
          case NOT_FOUND -> 404;
          case ALREADY_EXISTS, ABORTED -> 409;
          case FAILED_PRECONDITION -> 422;
          case RESOURCE_EXHAUSTED -> 429;
          case CANCELLED -> 499;
          case INTERNAL -> 500;
          case UNIMPLEMENTED -> 501;
          case UNAVAILABLE -> 503;
          case DEADLINE_EXCEEDED -> 504;
        };
    var problem = problem(reply, expected, "Exists API for a test");
    assertThat(problem.get("code").getAsString()).isEqualTo(code.name());
    var details = problem.get("details").getAsJsonArray();
    assertThat(details.get(0).getAsJsonObject().get("@type").getAsString())
        .isEqualTo("type.googleapis.com/rpc.v1.ErrorInfo");
    assertThat(details.get(1).getAsJsonObject().get("resourceName").getAsString()).isEqualTo("B");
  }

  @Test
  void forgedForwardingAtMirror_isForbidden() {
    try (var mirror = services(Node.Role.MIRROR)) {
      var rest = new Transcoder(mirror.channel(), mirror.services());
      var body = ByteString.copyFromUtf8("{\"vector\":{\"id\":\"a\",\"vector\":[1,2]}}");
      var forged = Map.of("Content-Type", "application/json", "Forwarded-For", "mirror-b");

      var reply =
          Eventually.get(
              rest.answer(new RestRequest("POST", "/insert", "", forged, body))
                  .toCompletableFuture());

      problem(reply, 403);
      assertThat(scripted.mutations()).isEmpty();
    }
  }

  @Test
  void minusZeroAndDenormals_areKeptBitForBit() {
    post("/insert", "{\"vector\":{\"id\":\"a\",\"vector\":[-0.0,1.4e-45]}}");

    assertThat(memory.contents().get(new VectorId("a")).visible().orElseThrow().vector())
        .contains(Vector.of(-0.0f, Float.MIN_VALUE));
    assertThat(get("/object/a").body().getBytes(UTF_8)).asString().contains("[-0.0,1.4E-45]");
  }
}
