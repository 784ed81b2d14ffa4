package dev.kagami.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.vdaas.vald.api.v1.agent.core.AgentGrpc;
import org.vdaas.vald.api.v1.payload.Control;
import org.vdaas.vald.api.v1.payload.Empty;
import org.vdaas.vald.api.v1.payload.Info;
import org.vdaas.vald.api.v1.vald.IndexGrpc;
import org.vdaas.vald.api.v1.vald.UpsertGrpc;

class AgentGrpcServiceTest extends ServedStore {
  private static final Control.CreateIndexRequest CREATE =
      Control.CreateIndexRequest.newBuilder().setPoolSize(16).build();
  private static final Empty NOTHING = Empty.getDefaultInstance();

  private final AgentGrpc.AgentBlockingStub agent = AgentGrpc.newBlockingStub(channel());
  private final IndexGrpc.IndexBlockingStub index = IndexGrpc.newBlockingStub(channel());

  private void store(String id) {
    assertThat(UpsertGrpc.newBlockingStub(channel()).upsert(upsert(id, 1, 1)).getUuid())
        .isEqualTo(id);
  }

  @Test
  void createIndex_linksWhatWasWritten() {
    store("a");
    assertThat(index.indexInfo(NOTHING))
        .isEqualTo(Info.Index.Count.newBuilder().setUncommitted(1).build());

    assertThat(agent.createIndex(CREATE)).isEqualTo(NOTHING);

    assertThat(index.indexInfo(NOTHING))
        .isEqualTo(Info.Index.Count.newBuilder().setStored(1).build());
  }

  @Test
  void createIndexOfNothingNew_isFailedPreconditionInTheWordsOfVald() {
    var failure = failure(() -> agent.createIndex(CREATE));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(failure.getStatus().getDescription())
        .startsWith(
            "CreateIndex API failed to create indexes pool_size = 16 due to the precondition "
                + "failure, error: ");
  }

  @Test
  void createAndSave_savesAlsoWhereNothingIsNew() {
    assertThat(agent.createAndSaveIndex(CREATE)).isEqualTo(NOTHING);
    store("a");
    assertThat(agent.createAndSaveIndex(CREATE)).isEqualTo(NOTHING);

    assertThat(scripted.calls(Call.MAINTAIN)).isEqualTo(4);
  }

  @Test
  void createAndSaveThatFails_saysSo() {
    scripted.next(Call.MAINTAIN, new Step.Refuse(new Unavailable("disk full")));
    var inCreate = failure(() -> agent.createAndSaveIndex(CREATE));
    store("a");
    scripted
        .next(Call.MAINTAIN, new Step.Pass())
        .next(Call.MAINTAIN, new Step.Refuse(new Unavailable("disk full")));
    var inSave = failure(() -> agent.createAndSaveIndex(CREATE));

    assertThat(inCreate.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(inSave.getStatus().getDescription()).isEqualTo("CreateAndSaveIndex API disk full");
  }

  @Test
  void saveIndex_isDone() {
    assertThat(agent.saveIndex(NOTHING)).isEqualTo(NOTHING);
  }
}
