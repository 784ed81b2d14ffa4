package dev.kagami.agent.contract;

import static dev.kagami.agent.contract.ServedAgent.id;
import static dev.kagami.agent.contract.ServedAgent.insert;
import static dev.kagami.agent.contract.ServedAgent.nothing;
import static dev.kagami.agent.contract.ServedAgent.object;
import static dev.kagami.agent.contract.ServedAgent.pool;
import static dev.kagami.agent.contract.ServedAgent.remove;
import static dev.kagami.agent.contract.ServedAgent.removeBy;
import static dev.kagami.agent.contract.ServedAgent.search;
import static dev.kagami.agent.contract.ServedAgent.searchById;
import static dev.kagami.agent.contract.ServedAgent.time;
import static dev.kagami.agent.contract.ServedAgent.timestamp;
import static dev.kagami.agent.contract.ServedAgent.update;
import static dev.kagami.agent.contract.ServedAgent.upsert;
import static dev.kagami.agent.contract.ServedAgent.vector;
import static dev.kagami.transport.grpc.ContractAssertions.assertAnswered;
import static io.grpc.Status.Code.ALREADY_EXISTS;
import static io.grpc.Status.Code.FAILED_PRECONDITION;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static io.grpc.Status.Code.OK;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.google.protobuf.Message;
import io.grpc.Status;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vdaas.vald.api.v1.payload.Flush;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.payload.Remove;
import org.vdaas.vald.api.v1.payload.Remove.Timestamp.Operator;
import org.vdaas.vald.api.v1.payload.Update;

/**
 * What an agent answers, condition by condition, as clients of Vald's agent know it: code and the
 * words that tell them what is wrong. Where Vald's answer is a gap, the row says "mended".
 */
class AgentContractTest {
  private static final String WRONG_LENGTH = " API Incompatible Dimension Size detected";
  private static final String EMPTY_ID = "uuid \"\"";

  private final ServedAgent agent = new ServedAgent();

  @AfterEach
  void stop() {
    agent.close();
  }

  static Stream<Arguments> writes() {
    return Stream.of(
        row(
            "Insert, wrong length",
            INVALID_ARGUMENT,
            "Insert" + WRONG_LENGTH,
            agent -> agent.inserts.insert(insert(vector("a", 1, 2, 3)))),
        row(
            "Insert, empty id",
            INVALID_ARGUMENT,
            EMPTY_ID,
            agent -> agent.inserts.insert(insert(vector("", 1, 2)))),
        row(
            "Insert, id exists",
            ServedAgent::storeA,
            ALREADY_EXISTS,
            "Insert API uuid a already exists",
            agent -> agent.inserts.insert(insert(vector("a", 3, 4)))),
        row(
            "Insert, id was removed",
            ServedAgent::storeAndRemoveA,
            OK,
            "a",
            agent -> agent.inserts.insert(insert(vector("a", 1, 2)))),
        row(
            "Insert, removed later than its timestamp: mended, not dropped silently",
            ServedAgent::storeAndRemoveA,
            ALREADY_EXISTS,
            "newer version exists",
            agent -> agent.inserts.insert(insert(timed("a", 50)))),
        row(
            "MultiInsert, one of wrong length",
            INVALID_ARGUMENT,
            "Incompatible Dimension Size",
            agent -> agent.multiInsert(vector("x", 1, 2), vector("y", 1))),
        row(
            "MultiInsert, some exist",
            ServedAgent::storeA,
            ALREADY_EXISTS,
            "uuid a already exists",
            agent -> agent.multiInsert(vector("a", 1, 2), vector("b", 1, 2))),
        row(
            "MultiInsert, one id is empty",
            INVALID_ARGUMENT,
            EMPTY_ID,
            agent -> agent.multiInsert(vector("", 1, 2), vector("b", 1, 2))),
        row(
            "Update, wrong length",
            ServedAgent::storeA,
            INVALID_ARGUMENT,
            "Update" + WRONG_LENGTH,
            agent -> agent.updates.update(update(vector("a", 1)))),
        row(
            "Update, empty id",
            INVALID_ARGUMENT,
            "Update API invalid argument for uuid \"\" detected",
            agent -> agent.updates.update(update(vector("", 1, 2)))),
        row(
            "Update, unknown id",
            NOT_FOUND,
            "Update API uuid a not found",
            agent -> agent.updates.update(update(vector("a", 1, 2)))),
        row(
            "Update, removed id",
            ServedAgent::storeAndRemoveA,
            NOT_FOUND,
            "Update API uuid a not found",
            agent -> agent.updates.update(update(vector("a", 1, 2)))),
        row(
            "Update, identical vector",
            ServedAgent::storeA,
            ALREADY_EXISTS,
            "Update API uuid a's same data already exists",
            agent -> agent.updates.update(update(vector("a", 1, 2)))),
        row(
            "MultiUpdate, unknown items: mended, not skipped silently",
            ServedAgent::storeA,
            NOT_FOUND,
            "uuid b not found",
            agent ->
                agent.updates.multiUpdate(
                    Update.MultiRequest.newBuilder()
                        .addRequests(update(vector("a", 3, 4)))
                        .addRequests(update(vector("b", 3, 4)))
                        .build())),
        row(
            "Upsert, wrong length",
            INVALID_ARGUMENT,
            "Upsert" + WRONG_LENGTH,
            agent -> agent.upserts.upsert(upsert(vector("a", 1)))),
        row(
            "Upsert, empty id",
            INVALID_ARGUMENT,
            "Upsert API invalid argument for uuid \"\" detected",
            agent -> agent.upserts.upsert(upsert(vector("", 1, 2)))),
        row("Upsert, new id", OK, "a", agent -> agent.upserts.upsert(upsert(vector("a", 1, 2)))),
        row(
            "Upsert, identical vector",
            ServedAgent::storeA,
            ALREADY_EXISTS,
            "Upsert API uuid a's same data already exists",
            agent -> agent.upserts.upsert(upsert(vector("a", 1, 2)))),
        row(
            "Remove, empty id",
            INVALID_ARGUMENT,
            "Remove API invalid argument for uuid \"\" detected",
            agent -> agent.removes.remove(remove(""))),
        row(
            "Remove, unknown id",
            NOT_FOUND,
            "Remove API uuid a not found",
            agent -> agent.removes.remove(remove("a"))),
        row(
            "MultiRemove, some unknown",
            ServedAgent::storeA,
            NOT_FOUND,
            "uuid b not found",
            agent ->
                agent.removes.multiRemove(
                    Remove.MultiRequest.newBuilder()
                        .addRequests(remove("a"))
                        .addRequests(remove("b"))
                        .build())));
  }

  static Stream<Arguments> byTimestamp() {
    return Stream.of(
        row(
            "RemoveByTimestamp, nothing matches",
            ServedAgent::storeA,
            NOT_FOUND,
            "RemoveByTimestamp API remove target not found",
            agent -> agent.removes.removeByTimestamp(removeBy(Operator.GT, 100))),
        row(
            "RemoveByTimestamp, matches",
            ServedAgent::storeA,
            OK,
            "a",
            agent -> agent.removes.removeByTimestamp(removeBy(Operator.GE, 100))),
        row(
            "RemoveByTimestamp, no condition matches all",
            ServedAgent::storeA,
            OK,
            "a",
            agent -> agent.removes.removeByTimestamp(Remove.TimestampRequest.getDefaultInstance())),
        row(
            "RemoveByTimestamp, unknown operator matches nothing",
            ServedAgent::storeA,
            NOT_FOUND,
            "remove target not found",
            agent ->
                agent.removes.removeByTimestamp(
                    Remove.TimestampRequest.newBuilder()
                        .addTimestamps(Remove.Timestamp.newBuilder().setOperatorValue(99))
                        .build())),
        row(
            "UpdateTimestamp, empty id",
            INVALID_ARGUMENT,
            "UpdateTimestamp API invalid",
            agent -> agent.updates.updateTimestamp(timestamp("", 5, false))),
        row(
            "UpdateTimestamp, below zero",
            ServedAgent::storeA,
            INVALID_ARGUMENT,
            "invalid timestamp detected: -5",
            agent -> agent.updates.updateTimestamp(timestamp("a", -5, false))),
        row(
            "UpdateTimestamp, zero",
            ServedAgent::storeA,
            INVALID_ARGUMENT,
            "timestamp",
            agent -> agent.updates.updateTimestamp(timestamp("a", 0, false))),
        row(
            "UpdateTimestamp, unknown id",
            NOT_FOUND,
            "UpdateTimestamp API uuid a's data not found",
            agent -> agent.updates.updateTimestamp(timestamp("a", 5, false))),
        row(
            "UpdateTimestamp, not newer",
            ServedAgent::storeA,
            ALREADY_EXISTS,
            "UpdateTimestamp API uuid a's newer timestamp already exists",
            agent -> agent.updates.updateTimestamp(timestamp("a", 100, false))),
        row(
            "UpdateTimestamp, newer, of a fresh vector: mended, not INTERNAL",
            ServedAgent::storeA,
            OK,
            "a",
            agent -> agent.updates.updateTimestamp(timestamp("a", 101, false))),
        row(
            "UpdateTimestamp, forced back: mended, order would break",
            ServedAgent::storeA,
            INVALID_ARGUMENT,
            "cannot be moved back",
            agent -> agent.updates.updateTimestamp(timestamp("a", 99, true))));
  }

  static Stream<Arguments> reads() {
    return Stream.of(
        row(
            "Exists, empty id",
            INVALID_ARGUMENT,
            "Exists API invalid argument for uuid \"\" detected",
            agent -> agent.objects.exists(id(""))),
        row(
            "Exists, removed",
            ServedAgent::storeAndRemoveA,
            NOT_FOUND,
            "not found",
            agent -> agent.objects.exists(id("a"))),
        row("Exists", ServedAgent::storeA, OK, "a", agent -> agent.objects.exists(id("a"))),
        row(
            "GetObject, empty id",
            INVALID_ARGUMENT,
            "GetObject API invalid argument for uuid \"\" detected",
            agent -> agent.objects.getObject(object(""))),
        row(
            "GetObject, absent",
            NOT_FOUND,
            "a's object not found",
            agent -> agent.objects.getObject(object("a"))),
        row(
            "GetTimestamp, empty id",
            INVALID_ARGUMENT,
            "GetTimestamp API invalid argument for uuid \"\" detected",
            agent -> agent.objects.getTimestamp(time(""))),
        row(
            "GetTimestamp, removed",
            ServedAgent::storeAndRemoveA,
            NOT_FOUND,
            "a's object not found",
            agent -> agent.objects.getTimestamp(time("a"))),
        row(
            "GetTimestamp",
            ServedAgent::storeA,
            OK,
            "timestamp: 100",
            agent -> agent.objects.getTimestamp(time("a"))),
        row(
            "Search, wrong length",
            INVALID_ARGUMENT,
            "Search" + WRONG_LENGTH,
            agent -> agent.searches.search(search(-1, 0, 1))),
        row(
            "Search, no vector",
            INVALID_ARGUMENT,
            "Search" + WRONG_LENGTH,
            agent -> agent.searches.search(search(-1, 0))),
        row(
            "LinearSearch, wrong length",
            INVALID_ARGUMENT,
            "LinearSearch" + WRONG_LENGTH,
            agent -> agent.searches.linearSearch(search(-1, 0, 1, 2, 3))),
        row("Search, no data at all", OK, "", agent -> agent.searches.search(search(-1, 0, 1, 2))),
        row(
            "Search, right after the write: mended, not only after CreateIndex",
            ServedAgent::storeA,
            OK,
            "a",
            agent -> agent.searches.search(search(-1, 0, 1, 2))),
        row(
            "Search, data but no hit",
            ServedAgent::storeA,
            NOT_FOUND,
            "search result not found",
            agent -> agent.searches.search(search(0.5f, 0, 50, 50))),
        row(
            "LinearSearch, data but no hit",
            ServedAgent::storeA,
            NOT_FOUND,
            "search result not found",
            agent -> agent.searches.linearSearch(search(0.5f, 0, 50, 50))),
        row(
            "SearchByID, empty id",
            INVALID_ARGUMENT,
            EMPTY_ID,
            agent -> agent.searches.searchByID(searchById(""))),
        row(
            "SearchByID, unknown id",
            ServedAgent::storeA,
            NOT_FOUND,
            "SearchByID API uuid b",
            agent -> agent.searches.searchByID(searchById("b"))),
        row(
            "LinearSearchByID, unknown id",
            ServedAgent::storeA,
            NOT_FOUND,
            "LinearSearchByID API uuid b",
            agent -> agent.searches.linearSearchByID(searchById("b"))),
        row(
            "Search, fewer hits than min_num",
            ServedAgent::storeA,
            OK,
            "a",
            agent -> agent.searches.search(search(-1, 5, 1, 2))));
  }

  static Stream<Arguments> maintenance() {
    return Stream.of(
        row(
            "CreateIndex, nothing queued",
            FAILED_PRECONDITION,
            "CreateIndex API failed to create indexes pool_size = 7 due to the precondition"
                + " failure",
            agent -> agent.agents.createIndex(pool(7))),
        row("CreateIndex", ServedAgent::storeA, OK, "", agent -> agent.agents.createIndex(pool(7))),
        row("SaveIndex, nothing to do", OK, "", agent -> agent.agents.saveIndex(nothing())),
        row(
            "CreateAndSaveIndex, nothing queued",
            OK,
            "",
            agent -> agent.agents.createAndSaveIndex(pool(1))),
        row(
            "Flush",
            ServedAgent::storeA,
            OK,
            "",
            agent -> agent.flushes.flush(Flush.Request.getDefaultInstance())),
        row(
            "IndexInfo",
            ServedAgent::storeA,
            OK,
            "stored: 1",
            agent -> agent.indexes.indexInfo(nothing())),
        row("IndexDetail", OK, "agent-1", agent -> agent.indexes.indexDetail(nothing())),
        row("IndexProperty", OK, "dimension: 2", agent -> agent.indexes.indexProperty(nothing())),
        row(
            "IndexStatistics, never computed: mended, not UNKNOWN",
            OK,
            "valid: true",
            agent -> agent.indexes.indexStatistics(nothing())),
        row(
            "IndexStatisticsDetail",
            OK,
            "agent-1",
            agent -> agent.indexes.indexStatisticsDetail(nothing())));
  }

  @ParameterizedTest
  @MethodSource({"writes", "byTimestamp", "reads", "maintenance"})
  void condition_isAnsweredWithItsCodeAndWords(
      Consumer<ServedAgent> before,
      Status.Code code,
      String words,
      Function<ServedAgent, Message> call) {
    before.accept(agent);

    assertAnswered(code, words, () -> call.apply(agent));
  }

  private static Arguments row(
      String name, Status.Code code, String words, Function<ServedAgent, Message> call) {
    return row(name, _ -> {}, code, words, call);
  }

  private static Arguments row(
      String name,
      Consumer<ServedAgent> before,
      Status.Code code,
      String words,
      Function<ServedAgent, Message> call) {
    return argumentSet(name, before, code, words, call);
  }

  private static Object.Vector timed(String id, long timestamp) {
    return vector(id, 1, 2).toBuilder().setTimestamp(timestamp).build();
  }
}
