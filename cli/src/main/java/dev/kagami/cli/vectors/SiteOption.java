package dev.kagami.cli.vectors;

import dev.kagami.cli.CommandFailure;
import dev.kagami.cli.Installation;
import dev.kagami.cli.cluster.DataOption;
import dev.kagami.cli.cluster.Site;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which site a command talks to. */
public final class SiteOption {

  @Option(
      names = "--site",
      paramLabel = "NAME",
      defaultValue = "A",
      description = "The site to talk to: A, B, ... (${DEFAULT-VALUE})")
  private String name;

  @Mixin private DataOption data;

  /**
   * The site of that name in the cluster of the data directory, running or not.
   *
   * @throws CommandFailure if there is none
   */
  public Site site(Installation installation) {
    var sites = data.cluster(installation).sites();
    return sites.stream()
        .filter(site -> site.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() ->
            new CommandFailure(
                "There is no site "
                    + name
                    + "; there are "
                    + sites.stream().map(Site::name).collect(Collectors.joining(", "))
                    + "."));
  }
}
