package dev.kagami.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.CallContext;
import dev.kagami.core.store.Mutation;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.core.store.WriteTime;
import dev.kagami.core.vector.Timestamp;
import dev.kagami.core.vector.Vector;
import dev.kagami.core.vector.VectorId;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vdaas.vald.api.v1.payload.Object;
import org.vdaas.vald.api.v1.vald.ObjectGrpc;

class ObjectListTest extends ServedStore {
  private static final int MANY = 3000;

  private final StreamClient<Object.List.Request, Object.List.Response> client =
      new StreamClient<>();

  @Test
  void vectorsAreStored_eachIsListedOnceWithItsTime() {
    fill(MANY);
    removeFromMemory("id-7");

    list();
    client.read(MANY);

    assertThat(client.end()).isEqualTo(Status.Code.OK);
    assertThat(ids()).doesNotHaveDuplicates().hasSize(MANY - 1).doesNotContain("id-7");
    assertThat(client.received())
        .map(Object.List.Response::getVector)
        .contains(vector("id-1", 1, 0).toBuilder().setTimestamp(1001).build());
  }

  @Test
  void storeIsEmpty_listIsEmptyAndEnds() {
    list();
    client.read(1);

    assertThat(client.end()).isEqualTo(Status.Code.OK);
    assertThat(client.received()).isEmpty();
  }

  @Test
  void clientDoesNotRead_noMoreThanSomePagesAreRead() {
    fill(4 * MANY);

    list();
    client.read(1);
    Eventually.until(() -> !client.received().isEmpty());
    client.read(1);
    Eventually.until(() -> client.received().size() == 2);

    assertThat(scripted.calls(Call.HEADS)).isLessThan(4 * MANY / 256 / 2);
    client.cancel();
  }

  @Test
  void idsAreWrittenMeanwhile_thoseThatWereThereComeOnce() {
    fill(MANY);
    var gate = new CompletableFuture<Void>();
    scripted.next(Call.HEADS, new Step.Pass()).next(Call.HEADS, new Step.HoldRequest(gate));

    list();
    client.read(2 * MANY);
    Eventually.until(() -> scripted.calls(Call.HEADS) == 2);
    IntStream.range(MANY, MANY + 500).forEach(this::store);
    gate.complete(null);

    assertThat(client.end()).isEqualTo(Status.Code.OK);
    assertThat(ids())
        .doesNotHaveDuplicates()
        .containsAll(IntStream.range(0, MANY).mapToObj(i -> "id-" + i).toList());
  }

  @Test
  void storeFailsInBetween_theStreamEndsWithItsCode() {
    fill(MANY);
    scripted
        .next(Call.FIND_ALL, new Step.Pass())
        .next(Call.FIND_ALL, new Step.Refuse(new Unavailable("agent-2 does not answer")));

    list();
    client.read(MANY);

    assertThat(client.end()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(client.received()).hasSize(16);
  }

  private void list() {
    ObjectGrpc.newStub(channel())
        .streamListObject(Object.List.Request.getDefaultInstance(), client);
  }

  private List<String> ids() {
    return client.received().stream().map(response -> response.getVector().getId()).toList();
  }

  private void fill(int count) {
    IntStream.range(0, count).forEach(this::store);
  }

  private void store(int number) {
    var time = WriteTime.ofClient(new Timestamp(1000 + number));
    var write = new Mutation.Insert(new VectorId("id-" + number), Vector.of(number, 0), time);
    memory.apply(write, CallContext.UNBOUNDED).toCompletableFuture().join();
  }

  private void removeFromMemory(String id) {
    var write = new Mutation.Remove(new VectorId(id), WriteTime.UNSTAMPED);
    memory.apply(write, CallContext.UNBOUNDED).toCompletableFuture().join();
  }
}
