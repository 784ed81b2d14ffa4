package dev.kagami.cli.vectors;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.vdaas.vald.api.v1.payload.Object.Distance;
import org.vdaas.vald.api.v1.payload.Search;

/** The result of a search for human eyes. */
public record NeighborTable(Search.Response response) {

  private static final int LEAST_WIDTH = 12;

  /** A line each, nearest first: rank, id, distance. */
  public String text() {
    var results = response.getResultsList();
    var width =
        results.stream().mapToInt(hit -> hit.getId().length()).reduce(LEAST_WIDTH, Math::max);
    return IntStream.range(0, results.size())
        .mapToObj(i -> line(i + 1, results.get(i), width))
        .collect(Collectors.joining());
  }

  private static String line(int rank, Distance hit, int width) {
    return String.format(
        Locale.ROOT, "%4d  %-" + width + "s  %.4f%n", rank, hit.getId(), hit.getDistance());
  }
}
