package dev.kagami.cli.vectors;

import dev.kagami.cli.CommandFailure;
import dev.kagami.cli.Installation;
import dev.kagami.cli.progress.ProgressBar;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kagami load}: files of vectors into a site, through its mirror. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description = {
      "Loads files of vectors through a site's mirror.",
      "A file is a vector set, like samples/words.vectors, or JSON lines like"
          + " {\"id\": \"a1\", \"vector\": [0.1, 0.2]}. Loading a file again changes nothing."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all vectors are stored",
      "1:a vector was refused, or the load broke off",
      "2:wrong usage"
    })
final class LoadCommand implements Callable<Integer> {

  private final Installation installation;

  @Spec private CommandSpec spec;
  @Mixin private SiteOption site;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "What to load, in this order.")
  private List<Path> files;

  LoadCommand(Installation installation) {
    this.installation = installation;
  }

  @Override
  public Integer call() throws InterruptedException {
    var address = site.site(installation).mirrorGrpc().address();
    var refusals = 0L;
    try (var connection = Connection.to(address)) {
      for (var file : files) {
        refusals += load(file, new Loader(connection.channel()));
      }
    }
    return refusals == 0 ? 0 : 1;
  }

  private long load(Path file, Loader loader) throws InterruptedException {
    var out = spec.commandLine().getOut();
    var terminal = ProgressBar.standardOutputIsTerminal();
    var bar = new ProgressBar("vectors", out, terminal, System::nanoTime);
    try (var vectors = VectorFile.open(file)) {
      var tally = loader.load(vectors, bar);
      bar.clear();
      tell(file, tally, bar.summary(tally.answered()), out);
      return tally.refusals();
    } catch (IOException e) {
      bar.clear();
      throw new CommandFailure("Cannot read " + file + ": " + e.getMessage(), e);
    } catch (CommandFailure e) {
      bar.clear();
      throw e;
    }
  }

  private static void tell(Path file, Tally tally, String summary, PrintWriter out) {
    out.println(file + ": " + summary);
    out.println(
        "  stored "
            + tally.stored()
            + ", already there "
            + tally.alreadyThere()
            + ", refused "
            + tally.refusals()
            + (tally.refusals() == 0 ? "" : " " + tally.refused()));
    tally.reasons().forEach(reason -> out.println("  " + reason));
    if (tally.refusals() > tally.reasons().size()) {
      out.println("  ... and " + (tally.refusals() - tally.reasons().size()) + " more");
    }
    out.flush();
  }
}
