package dev.kagami.cli.mirror;

import com.google.protobuf.Struct;
import com.google.protobuf.util.Values;
import dev.kagami.cli.Installation;
import dev.kagami.cli.WrongOption;
import dev.kagami.cli.admin.AdminRest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
  private static final AnswerTable TARGETS =
      new AnswerTable(
          "site",
          "host",
          "port",
          "phase",
          "desired",
          "behind",
          "lagSeconds",
          "secondsLeft",
          "verification",
          "differences",
          "verified",
          "reason");
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
      name = "targets",
      mixinStandardHelpOptions = true,
      description = "The other sites as this one sees them, and how far behind they are.")
  int targets(@Mixin MirrorOptions options) throws InterruptedException {
    return show(options, "targets", TARGETS);
  }

  @Command(name = "add", mixinStandardHelpOptions = true, description = "Mirrors to one more site.")
  int add(
      @Mixin MirrorOptions options,
      @Parameters(paramLabel = "HOST:PORT", description = "The gRPC address of its mirror.")
          String target)
      throws InterruptedException {
    int colon = target.lastIndexOf(':');
    if (colon < 1 || !target.substring(colon + 1).matches("[0-9]{1,5}")) {
      throw new WrongOption("'" + target + "' is no HOST:PORT.");
    }
    var body =
        Struct.newBuilder()
            .putFields("host", Values.of(target.substring(0, colon)))
            .putFields("port", Values.of(Integer.parseInt(target.substring(colon + 1))))
            .build();
    return change(options, rest -> rest.post("targets", AnswerJson.text(body)));
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "A site leaves the mesh everywhere; an address is used no more by this site.")
  int remove(@Mixin MirrorOptions options, @Mixin TargetParameter target)
      throws InterruptedException {
    return change(options, rest -> rest.delete(target.path()));
  }

  @Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      description = "Brings a site nothing that it misses; writes go on.")
  int pause(@Mixin MirrorOptions options, @Mixin TargetParameter target)
      throws InterruptedException {
    return tell(options, target, "pause");
  }

  @Command(name = "resume", mixinStandardHelpOptions = true, description = "Takes a pause back.")
  int resume(@Mixin MirrorOptions options, @Mixin TargetParameter target)
      throws InterruptedException {
    return tell(options, target, "resume");
  }

  @Command(
      name = "offline",
      mixinStandardHelpOptions = true,
      description = "Sends a site nothing, as if it were away.")
  int offline(@Mixin MirrorOptions options, @Mixin TargetParameter target)
      throws InterruptedException {
    return tell(options, target, "offline");
  }

  @Command(
      name = "online",
      mixinStandardHelpOptions = true,
      description = "Brings a site back: first what it missed, then writes wait for it.")
  int online(@Mixin MirrorOptions options, @Mixin TargetParameter target)
      throws InterruptedException {
    return tell(options, target, "online");
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Compares a site with this one; asked again, it tells how far that is.")
  int verify(
      @Mixin MirrorOptions options,
      @Mixin TargetParameter target,
      @Option(names = "--show", description = "Begin nothing; show the last comparison.")
          boolean show)
      throws InterruptedException {
    return show
        ? change(options, rest -> rest.get(target.path("verify")))
        : tell(options, target, "verify");
  }

  @Command(
      name = "repair",
      mixinStandardHelpOptions = true,
      description = "Brings a site all that it lacks, as verify has shown; removes nothing.")
  int repair(@Mixin MirrorOptions options, @Mixin TargetParameter target)
      throws InterruptedException {
    return tell(options, target, "repair");
  }

  @Command(
      name = "explain",
      mixinStandardHelpOptions = true,
      description = "Where an id is, with what timestamp, and in which writes it took part.")
  int explain(
      @Mixin MirrorOptions options, @Parameters(paramLabel = "ID", description = "") String id)
      throws InterruptedException {
    return show(options, "explain?id=" + encoded(id), WRITES);
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

  /** The target of a command. */
  static final class TargetParameter {
    @Parameters(
        paramLabel = "TARGET",
        description = "The name of its site, or HOST:PORT of its mirror.")
    private String name;

    private String path() {
      return "targets/" + encoded(name);
    }

    private String path(String action) {
      return path() + "/" + action;
    }
  }

  /** Something to be done over REST. */
  private interface Change {
    String by(AdminRest rest) throws InterruptedException;
  }

  private int tell(MirrorOptions options, TargetParameter target, String action)
      throws InterruptedException {
    return change(options, rest -> rest.post(target.path(action), ""));
  }

  private int change(MirrorOptions options, Change change) throws InterruptedException {
    try (var rest = options.rest(installation)) {
      options.print(spec.commandLine().getOut(), rest.parsed(change.by(rest)), TARGETS);
    }
    return 0;
  }

  private int show(MirrorOptions options, String path, AnswerTable table)
      throws InterruptedException {
    try (var rest = options.rest(installation)) {
      options.print(spec.commandLine().getOut(), rest.json(path), table);
    }
    return 0;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
