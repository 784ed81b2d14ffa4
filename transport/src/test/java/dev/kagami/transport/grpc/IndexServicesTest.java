package dev.kagami.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kagami.core.error.ValdException.Unavailable;
import dev.kagami.core.store.Degrees;
import dev.kagami.core.store.GraphStatistics;
import dev.kagami.core.store.ScriptedVectorStore.Call;
import dev.kagami.core.store.ScriptedVectorStore.Step;
import dev.kagami.transport.codec.IndexCodec;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vdaas.vald.api.v1.payload.Empty;
import org.vdaas.vald.api.v1.payload.Flush;
import org.vdaas.vald.api.v1.payload.Info;
import org.vdaas.vald.api.v1.rpc.StatsGrpc;
import org.vdaas.vald.api.v1.vald.FlushGrpc;
import org.vdaas.vald.api.v1.vald.IndexGrpc;
import org.vdaas.vald.api.v1.vald.InsertGrpc;

class IndexServicesTest extends ServedStore {
  private static final Empty NOTHING = Empty.getDefaultInstance();

  private final IndexGrpc.IndexBlockingStub index = IndexGrpc.newBlockingStub(channel());

  @Test
  void indexIsInspected_countsAndSettingsAreToldByAgent() {
    var inserted = InsertGrpc.newBlockingStub(channel()).insert(insert("a", 1, 2));

    var detail = index.indexDetail(NOTHING);
    var property = index.indexProperty(NOTHING).getDetailsOrThrow(inserted.getName());

    assertThat(detail.getCountsOrThrow(inserted.getName()).getUncommitted()).isEqualTo(1);
    assertThat(detail.getReplica()).isEqualTo(1);
    assertThat(detail.getLiveAgents()).isEqualTo(1);
    assertThat(property.getDimension()).isEqualTo(2);
    assertThat(property.getDistanceType()).isEqualTo("l2");
    assertThat(property.getTruncationThreshold()).isZero();
    assertThat(property.getSeedType()).isEqualTo("Unknown");
    assertThat(index.indexStatistics(NOTHING).getNumberOfObjects()).isEqualTo(1);
    assertThat(index.indexStatisticsDetail(NOTHING).getDetailsMap())
        .containsOnlyKeys(inserted.getName());
  }

  @Test
  void indexIsEmpty_statisticsAreValidZeros() {
    var statistics = index.indexStatistics(NOTHING);

    assertThat(statistics.getValid()).isTrue();
    assertThat(statistics.getNumberOfNodes()).isZero();
  }

  @Test
  void statistics_areToldInValdsFields() {
    var in = new Degrees(List.of(1L, 0L, 2L));
    var out = new Degrees(List.of(0L, 2L, 1L));

    var told = IndexCodec.statistics(new GraphStatistics(in, out, 5, 1, 0.5));

    assertThat(told.getNumberOfEdges()).isEqualTo(4);
    assertThat(told.getNumberOfNodes()).isEqualTo(3);
    assertThat(told.getNumberOfNodesWithoutIndegree()).isEqualTo(1);
    assertThat(told.getNumberOfNodesWithoutEdges()).isZero();
    assertThat(told.getMedianIndegree()).isEqualTo(2);
    assertThat(told.getMedianOutdegree()).isEqualTo(1);
    assertThat(told.getMeanEdgeLength()).isEqualTo(0.5);
    assertThat(told.getIndegreeHistogramList()).containsExactly(1L, 0L, 2L);
    assertThat(
            IndexCodec.statistics(
                IndexCodec.detail(Map.of("a", new GraphStatistics(in, out, 5, 1, 0.5)))))
        .isEqualTo(Map.of("a", new GraphStatistics(in, out, 5, 1, 0.5)));
  }

  @Test
  void storeIsFlushed_answersThatNothingIsLeft() {
    var inserted = InsertGrpc.newBlockingStub(channel()).insert(insert("a", 1, 2));

    var left = FlushGrpc.newBlockingStub(channel()).flush(Flush.Request.getDefaultInstance());

    assertThat(inserted.getUuid()).isEqualTo("a");
    assertThat(left).isEqualTo(Info.Index.Count.getDefaultInstance());
    assertThat(memory.contents()).isEmpty();
  }

  @Test
  void flushFails_isNotMasked() {
    scripted.next(Call.FLUSH, new Step.Refuse(new Unavailable("agent-2 is away")));

    var failure =
        failure(
            () -> FlushGrpc.newBlockingStub(channel()).flush(Flush.Request.getDefaultInstance()));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("Flush API agent-2 is away");
  }

  @Test
  void process_tellsWhatItUses() {
    var stats = StatsGrpc.newBlockingStub(channel()).resourceStats(NOTHING);

    assertThat(stats.getName()).isEqualTo("agent-1");
    var use = stats.getCgroupStats();
    assertThat(use.getCpuLimitCores()).isPositive();
    assertThat(use.getCpuUsageCores()).isBetween(0.0, use.getCpuLimitCores());
    assertThat(use.getMemoryLimitBytes()).isPositive();
    assertThat(use.getMemoryUsageBytes()).isBetween(1L, use.getMemoryLimitBytes());
  }
}
