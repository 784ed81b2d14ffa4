package dev.kagami.cli.demo;

import dev.kagami.cli.vectors.NeighborTable;
import dev.kagami.cli.vectors.Searcher;
import dev.kagami.cli.vectors.Searcher.Method;
import java.util.List;
import org.vdaas.vald.api.v1.payload.Object.Distance;
import org.vdaas.vald.api.v1.payload.Search;

/** Searches at the site that was never written to, and compares with the exact answer. */
final class SearchAtB implements Scene {

  private static final int NUM = 8;
  private static final int ENOUGH = 7;

  @Override
  public void play(Stage stage) throws Untrue {
    var searcher = new Searcher(stage.b().channel());
    stage.say("./kagami search --site B --num " + NUM + " --id " + Demo.WORD);
    var response = searcher.byId(Demo.WORD, NUM, Method.GRAPH);
    new NeighborTable(response).text().lines().forEach(stage::say);

    var found = ids(response);
    stage.check(found.size() == NUM, "B answers with " + NUM + " words");
    stage.check(found.getFirst().equals(Demo.WORD), "the nearest is the word itself");
    var exact = ids(searcher.byId(Demo.WORD, NUM, Method.LINEAR));
    var hits = found.stream().filter(exact::contains).count();
    stage.check(hits >= ENOUGH, hits + " of " + NUM + " are those an exact search finds");
  }

  private static List<String> ids(Search.Response response) {
    return response.getResultsList().stream().map(Distance::getId).toList();
  }
}
