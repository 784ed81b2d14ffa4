package dev.kagami.cli.vectors;

import static java.util.Objects.requireNonNull;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.vdaas.vald.api.v1.payload.Search;
import org.vdaas.vald.api.v1.vald.SearchGrpc;

/**
 * Asks a process for neighbors and waits for the answer, ten seconds at most. Thread-safe.
 *
 * <p>Its methods throw {@link StatusRuntimeException} for what the process refuses.
 */
public final class Searcher {

  /** How the neighbors are found. */
  public enum Method {
    /** By the graph: fast, may miss one. */
    GRAPH,
    /** By comparing all vectors: slow, exact. */
    LINEAR
  }

  private static final int SECONDS = 10;

  private final Channel channel;

  /** Asks the process at the other end of {@code channel}. */
  public Searcher(Channel channel) {
    this.channel = requireNonNull(channel, "channel");
  }

  /** The nearest of the vector stored under {@code id}, itself among them. */
  public Search.Response byId(String id, int num, Method method) {
    var request = Search.IDRequest.newBuilder().setId(id).setConfig(config(num)).build();
    return switch (method) {
      case GRAPH -> stub().searchByID(request);
      case LINEAR -> stub().linearSearchByID(request);
    };
  }

  /** The nearest of {@code vector}. */
  public Search.Response byVector(List<Float> vector, int num, Method method) {
    var request = Search.Request.newBuilder().addAllVector(vector).setConfig(config(num)).build();
    return switch (method) {
      case GRAPH -> stub().search(request);
      case LINEAR -> stub().linearSearch(request);
    };
  }

  private SearchGrpc.SearchBlockingStub stub() {
    return SearchGrpc.newBlockingStub(channel).withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
  }

  /** All else is the server's default; a negative radius is none. */
  private static Search.Config config(int num) {
    return Search.Config.newBuilder().setNum(num).setRadius(-1).build();
  }
}
