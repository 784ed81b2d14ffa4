package dev.kagami.cli.demo;

import dev.kagami.cli.cluster.Site;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What there is to do when the story is told. */
record Farewell(List<Site> sites, Path data, boolean allTrue) {

  String text() {
    return "\n"
        + (allTrue
            ? "All of it was checked.\n"
            : "One step was not true; the rest was not played.\n")
        + "\n"
        + sites.stream().map(Farewell::addresses).collect(Collectors.joining())
        + "\nTry in another terminal:\n"
        + "  ./kagami search --id tokyo --site B --data "
        + data
        + "\n";
  }

  private static String addresses(Site site) {
    return "Site "
        + site.name()
        + "  console "
        + site.mirrorHttp().url()
        + "/  REST "
        + site.mirrorHttp().url()
        + "  gRPC "
        + site.mirrorGrpc().address()
        + "\n";
  }
}
