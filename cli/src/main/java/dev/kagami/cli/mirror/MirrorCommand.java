package dev.kagami.cli.mirror;

import dev.kagami.cli.Installation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kagami mirror}: what a site's mirror knows and does. */
@Command(
    name = "mirror",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Shows and changes what a site's mirror does.")
public final class MirrorCommand implements Runnable {
  private static final AnswerTable WRITES =
      new AnswerTable("stamp", "state", "kind", "id", "pendingAt");

  private final Installation installation;

  @Spec private CommandSpec spec;

  public MirrorCommand(Installation installation) {
    this.installation = installation;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  @Command(
      name = "pending",
      mixinStandardHelpOptions = true,
      description = "Writes that are undecided, or whose end some site has not heard of.")
  int pending(@Mixin MirrorOptions options) throws InterruptedException {
    return show(options, "writes", WRITES);
  }

  @Command(
      name = "receipt",
      mixinStandardHelpOptions = true,
      description = "What became of one write.")
  int receipt(
      @Mixin MirrorOptions options,
      @Parameters(
              paramLabel = "STAMP",
              description = "As the client was told in kagami-stamp; ask the site that it asked.")
          String stamp)
      throws InterruptedException {
    return show(options, "writes/" + encoded(stamp), WRITES);
  }

  private int show(MirrorOptions options, String path, AnswerTable table)
      throws InterruptedException {
    try (var rest = options.rest(installation)) {
      options.print(spec.commandLine().getOut(), rest.get(path), table);
    }
    return 0;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
