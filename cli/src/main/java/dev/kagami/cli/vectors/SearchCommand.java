package dev.kagami.cli.vectors;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.kagami.cli.CommandFailure;
import dev.kagami.cli.Installation;
import dev.kagami.cli.WrongOption;
import dev.kagami.cli.vectors.Searcher.Method;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.concurrent.Callable;
import org.vdaas.vald.api.v1.payload.Search;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kagami search}: the neighbors of a vector, stored or given. */
@Command(
    name = "search",
    mixinStandardHelpOptions = true,
    description = "Finds the nearest vectors of one that is stored, or of one you give.")
final class SearchCommand implements Callable<Integer> {

  /** How the result is written. */
  enum Output {
    TABLE,
    JSON
  }

  /** Exactly one of the two. */
  static final class Query {
    @Option(
        names = "--id",
        required = true,
        paramLabel = "ID",
        description = "Neighbors of the vector stored under this id; it is the first of them.")
    private String id = "";

    @Option(
        names = "--vector",
        required = true,
        paramLabel = "NUMBERS",
        converter = NumbersConverter.class,
        description = "Neighbors of a vector like 0.1,-0.2,... with the site's dimension.")
    private List<Float> vector = List.of();
  }

  private static final int MOST_NEIGHBORS = 100_000;

  private final Installation installation;

  @Spec private CommandSpec spec;
  @Mixin private SiteOption site;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Query query;

  @Option(
      names = "--num",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many at most: 1 to 100000. (${DEFAULT-VALUE})")
  private int num;

  @Option(names = "--linear", description = "Compare with every vector: exact, and slower.")
  private boolean linear;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table or json. (${DEFAULT-VALUE})")
  private Output output;

  SearchCommand(Installation installation) {
    this.installation = installation;
  }

  @Override
  public Integer call() {
    WrongOption.unlessWithin("--num", num, 1, MOST_NEIGHBORS);
    var asked = site.site(installation);
    try (var connection = Connection.to(asked.mirrorGrpc().address())) {
      var response = search(new Searcher(connection.channel()));
      var out = spec.commandLine().getOut();
      out.print(text(response));
      out.flush();
      return 0;
    } catch (StatusRuntimeException e) {
      throw new CommandFailure(
          "Site "
              + asked.name()
              + " answers "
              + e.getStatus().getCode()
              + ": "
              + e.getStatus().getDescription(),
          e);
    }
  }

  private Search.Response search(Searcher searcher) {
    var method = linear ? Method.LINEAR : Method.GRAPH;
    return query.vector.isEmpty()
        ? searcher.byId(query.id, num, method)
        : searcher.byVector(query.vector, num, method);
  }

  private String text(Search.Response response) {
    return switch (output) {
      case TABLE -> new NeighborTable(response).text();
      case JSON -> json(response) + System.lineSeparator();
    };
  }

  private static String json(Search.Response response) {
    try {
      return JsonFormat.printer().print(response);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a search response has no field of type Any", e);
    }
  }
}
