package dev.kagami.transport.codec;

import dev.kagami.core.store.Degrees;
import dev.kagami.core.store.GraphStatistics;
import dev.kagami.core.store.IndexDetail;
import dev.kagami.core.store.IndexInfo;
import dev.kagami.core.store.IndexProperty;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.ObjectType;
import dev.kagami.core.vector.VectorSpace;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.vdaas.vald.api.v1.payload.Info;

/**
 * What is told of an index to Vald's messages and back. What has no meaning here is 0 or {@value
 * #UNKNOWN}.
 */
public final class IndexCodec {
  private static final long UINT32 = 0xFFFF_FFFFL;
  private static final String UNKNOWN = "Unknown";
  private static final String GRAPH = "HNSW";

  private IndexCodec() {}

  /** Counts above what the message can hold are told as the greatest it can. */
  public static Info.Index.Count count(IndexInfo info) {
    return Info.Index.Count.newBuilder()
        .setStored((int) Math.min(info.stored(), UINT32))
        .setUncommitted((int) Math.min(info.uncommitted(), UINT32))
        .setIndexing(info.indexing())
        .setSaving(info.saving())
        .build();
  }

  public static IndexInfo indexInfo(Info.Index.Count count) {
    return new IndexInfo(
        Integer.toUnsignedLong(count.getStored()),
        Integer.toUnsignedLong(count.getUncommitted()),
        count.getIndexing(),
        count.getSaving());
  }

  public static Info.Index.Detail detail(IndexDetail detail) {
    return Info.Index.Detail.newBuilder()
        .putAllCounts(each(detail.counts(), IndexCodec::count))
        .setReplica(detail.replicas())
        .setLiveAgents(detail.liveAgents())
        .build();
  }

  public static IndexDetail detail(Info.Index.Detail detail) {
    return new IndexDetail(
        each(detail.getCountsMap(), IndexCodec::indexInfo),
        detail.getReplica(),
        detail.getLiveAgents());
  }

  public static Info.Index.StatisticsDetail detail(Map<String, GraphStatistics> statistics) {
    return Info.Index.StatisticsDetail.newBuilder()
        .putAllDetails(each(statistics, IndexCodec::statistics))
        .build();
  }

  public static Map<String, GraphStatistics> statistics(Info.Index.StatisticsDetail detail) {
    return each(detail.getDetailsMap(), IndexCodec::statistics);
  }

  public static Info.Index.Statistics statistics(GraphStatistics statistics) {
    var in = statistics.in();
    var out = statistics.out();
    return Info.Index.Statistics.newBuilder()
        .setValid(true)
        .setMedianIndegree(in.quantile(0.5))
        .setMedianOutdegree(out.quantile(0.5))
        .setMaxNumberOfIndegree(in.max())
        .setMaxNumberOfOutdegree(out.max())
        .setMinNumberOfIndegree(in.min())
        .setMinNumberOfOutdegree(out.min())
        .setModeIndegree(in.mode())
        .setModeOutdegree(out.mode())
        .setNumberOfEdges(out.edges())
        .setNumberOfIndexedObjects(Math.max(0, out.vectors() - statistics.removed()))
        .setNumberOfNodes(out.vectors())
        .setNumberOfNodesWithoutEdges(out.with(0))
        .setNumberOfNodesWithoutIndegree(in.with(0))
        .setNumberOfObjects(statistics.objects())
        .setNumberOfRemovedObjects(statistics.removed())
        .setSizeOfObjectRepository(statistics.objects() + statistics.removed())
        .setVarianceOfIndegree(in.variance())
        .setVarianceOfOutdegree(out.variance())
        .setMeanEdgeLength(statistics.meanEdgeLength())
        .setMeanNumberOfEdgesPerNode(out.mean())
        .setC1Indegree(in.quantile(0.01))
        .setC5Indegree(in.quantile(0.05))
        .setC95Outdegree(out.quantile(0.95))
        .setC99Outdegree(out.quantile(0.99))
        .addAllIndegreeHistogram(in.histogram())
        .addAllOutdegreeHistogram(out.histogram())
        .build();
  }

  private static GraphStatistics statistics(Info.Index.Statistics message) {
    return new GraphStatistics(
        new Degrees(message.getIndegreeHistogramList()),
        new Degrees(message.getOutdegreeHistogramList()),
        message.getNumberOfObjects(),
        message.getNumberOfRemovedObjects(),
        message.getMeanEdgeLength());
  }

  public static Info.Index.PropertyDetail properties(Map<String, IndexProperty> properties) {
    return Info.Index.PropertyDetail.newBuilder()
        .putAllDetails(each(properties, IndexCodec::property))
        .build();
  }

  public static Map<String, IndexProperty> properties(Info.Index.PropertyDetail detail) {
    return each(detail.getDetailsMap(), IndexCodec::property);
  }

  private static Info.Index.Property property(IndexProperty property) {
    return Info.Index.Property.newBuilder()
        .setDimension(property.space().dimension())
        .setObjectType(property.space().type().spelling())
        .setDistanceType(property.space().metric().spelling())
        .setIndexType(GRAPH)
        .setDatabaseType("Memory")
        .setObjectAlignment(UNKNOWN)
        .setAccuracyTable(UNKNOWN)
        .setSearchType(UNKNOWN)
        .setRefinementObjectType(UNKNOWN)
        .setSeedType(UNKNOWN)
        .setGraphType(GRAPH)
        .setOutgoingEdge(property.connections())
        .setIncomingEdge(property.connections())
        .setEdgeSizeForCreation(property.beam())
        .setEdgeSizeLimitForCreation(2 * property.connections())
        .build();
  }

  private static IndexProperty property(Info.Index.Property message) {
    return new IndexProperty(
        new VectorSpace(
            message.getDimension(),
            Metric.parse(message.getDistanceType()),
            ObjectType.parse(message.getObjectType())),
        message.getOutgoingEdge(),
        message.getEdgeSizeForCreation());
  }

  private static <A, B> Map<String, B> each(Map<String, A> all, Function<A, B> translate) {
    var translated = new HashMap<String, B>();
    all.forEach((name, one) -> translated.put(name, translate.apply(one)));
    return translated;
  }
}
