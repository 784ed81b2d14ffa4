package dev.kagami.cli.mirror;

import com.google.protobuf.Value;
import dev.kagami.cli.Installation;
import dev.kagami.cli.admin.AdminRest;
import dev.kagami.cli.vectors.SiteOption;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all commands about a mirror take. */
final class MirrorOptions {

  /** How the answer is written. */
  enum Output {
    TABLE,
    JSON
  }

  @Mixin private SiteOption site;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table or json. (${DEFAULT-VALUE})")
  private Output output;

  AdminRest rest(Installation installation) {
    return new AdminRest("mirror", site.site(installation).mirrorHttp().url());
  }

  void print(PrintWriter out, Value answer, AnswerTable table) {
    out.print(
        switch (output) {
          case TABLE -> table.text(answer);
          case JSON -> AnswerJson.text(answer) + "\n";
        });
    out.flush();
  }
}
