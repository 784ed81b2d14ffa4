package dev.kagami.cli.vectors;

import dev.kagami.cli.CommandFailure;
import dev.kagami.cli.Installation;
import dev.kagami.cli.cluster.Site;
import dev.kagami.core.backup.Backup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kagami agent}: the read-only switch, backups, and how an agent leaves. */
@Command(
    name = "agent",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Makes agents refuse writes or take them again, backs them up, restores them,",
      "empties one."
    })
final class AgentCommand implements Runnable {

  private final Installation installation;

  @Spec private CommandSpec spec;

  AgentCommand(Installation installation) {
    this.installation = installation;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "read-only, writable, backup, restore or drain?");
  }

  /** Each agent that is asked for, or all of the site. */
  static final class AgentOption {
    @Mixin private SiteOption site;

    @Option(
        names = "--agent",
        paramLabel = "NAME",
        description = "One agent, like agent-1; all of the site by default.")
    private Optional<String> name = Optional.empty();
  }

  @Command(
      name = "read-only",
      mixinStandardHelpOptions = true,
      description = "From now on writes are answered UNAVAILABLE; reads go on.")
  int readOnly(@Mixin AgentOption agents) throws InterruptedException {
    return set(agents, AgentMode.READ_ONLY);
  }

  @Command(
      name = "writable",
      mixinStandardHelpOptions = true,
      description = "From now on writes are taken again.")
  int writable(@Mixin AgentOption agents) throws InterruptedException {
    return set(agents, AgentMode.WRITABLE);
  }

  @Command(
      name = "backup",
      mixinStandardHelpOptions = true,
      description = "Backs agents up at work, each into a new folder beside its data.")
  int backup(@Mixin AgentOption option) throws InterruptedException {
    var site = option.site.site(installation);
    for (var agent : agents(site, option)) {
      try (var control = new AgentSwitch(site.agentHttp(agent).url())) {
        say(Site.agentName(agent) + " of site " + site.name() + ": " + control.backUp());
      }
    }
    return 0;
  }

  @Command(
      name = "restore",
      mixinStandardHelpOptions = true,
      description = {
        "Copies a backup to where an agent may start with it (kagami.agent.data),",
        "if all of it is sound. Peers read such an agent's changes from the beginning."
      })
  int restore(
      @Parameters(paramLabel = "BACKUP", description = "The folder of the backup.") Path backup,
      @Parameters(paramLabel = "DIRECTORY", description = "A new or empty one.") Path directory) {
    try {
      long bytes = Backup.restore(backup, directory);
      spec.commandLine().getOut().println(bytes + " bytes restored to " + directory);
    } catch (IllegalArgumentException refused) {
      throw new CommandFailure("Nothing was restored: " + refused.getMessage(), refused);
    } catch (IOException error) {
      throw new CommandFailure(directory + " was not restored whole: " + error, error);
    }
    return 0;
  }

  @Command(
      name = "drain",
      mixinStandardHelpOptions = true,
      description = "Moves what an agent holds to the others, so that it may leave.")
  int drain(
      @Mixin SiteOption siteOption,
      @Option(
              names = "--agent",
              paramLabel = "NAME",
              required = true,
              description = "The agent, like agent-1.")
          String agent,
      @Option(names = "--cancel", description = "The agent stays after all.") boolean cancel)
      throws InterruptedException {
    var site = siteOption.site(installation);
    var named = agent + " of site " + site.name();
    try (var gateway = new AgentDrain(site.gatewayHttp().url())) {
      if (cancel) {
        gateway.cancel(agent);
        say(named + " stays");
        return 0;
      }
      gateway.begin(agent);
      say(named + " is being emptied ...");
      gateway.awaitEnd(agent);
      say(named + " may leave: what it holds is at the others");
    }
    return 0;
  }

  private void say(String line) {
    var out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  private int set(AgentOption option, AgentMode mode) throws InterruptedException {
    var site = option.site.site(installation);
    for (var agent : agents(site, option)) {
      try (var control = new AgentSwitch(site.agentHttp(agent).url())) {
        control.set(mode);
        say(Site.agentName(agent) + " of site " + site.name() + " is " + mode.word());
      }
    }
    return 0;
  }

  private static int[] agents(Site site, AgentOption option) {
    var agents =
        site.agentNumbers()
            .filter(n -> option.name.isEmpty() || option.name.get().equals(Site.agentName(n)))
            .toArray();
    if (agents.length == 0) {
      throw new CommandFailure(
          "Site " + site.name() + " has no agent " + option.name.orElse("at all") + ".");
    }
    return agents;
  }
}
