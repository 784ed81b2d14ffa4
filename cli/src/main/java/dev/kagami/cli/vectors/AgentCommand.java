package dev.kagami.cli.vectors;

import dev.kagami.cli.CommandFailure;
import dev.kagami.cli.Installation;
import dev.kagami.cli.cluster.Site;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kagami agent}: the read-only switch. */
@Command(
    name = "agent",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Makes agents refuse writes, or take them again.")
final class AgentCommand implements Runnable {

  private final Installation installation;

  @Spec private CommandSpec spec;

  AgentCommand(Installation installation) {
    this.installation = installation;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "read-only or writable?");
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

  private int set(AgentOption option, AgentMode mode) throws InterruptedException {
    var site = option.site.site(installation);
    var agents =
        site.agentNumbers()
            .filter(n -> option.name.isEmpty() || option.name.get().equals(Site.agentName(n)))
            .toArray();
    if (agents.length == 0) {
      throw new CommandFailure(
          "Site " + site.name() + " has no agent " + option.name.orElse("at all") + ".");
    }
    var out = spec.commandLine().getOut();
    try (var control = new AgentSwitch()) {
      for (var agent : agents) {
        control.set(site.agentHttp(agent).url(), mode);
        out.println(Site.agentName(agent) + " of site " + site.name() + " is " + mode.word());
        out.flush();
      }
    }
    return 0;
  }
}
