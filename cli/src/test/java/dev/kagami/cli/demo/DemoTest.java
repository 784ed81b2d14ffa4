package dev.kagami.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DemoTest {

  @TempDir private static Path folder;
  private static Samples samples;

  private final StringWriter told = new StringWriter();

  /** The story needs a few hundred words only. */
  @BeforeAll
  static void chooseSamples() throws IOException {
    var all = Samples.read(Path.of("..", "samples", "words.vectors"));
    var words =
        Stream.concat(all.byWord().keySet().stream().limit(300), Stream.of("coffee", "tea"));
    var json = JsonFormat.printer().omittingInsignificantWhitespace();
    var lines = new ArrayList<String>();
    for (var word : words.toList()) {
      lines.add(json.print(all.of(word)));
    }
    samples = Samples.read(Files.write(folder.resolve("words.jsonl"), lines));
  }

  @Test
  void rightSites_makeAllStepsTrue() throws Exception {
    assertThat(tell(new PretendMesh(Optional.empty()))).isTrue();

    assertThat(told.toString())
        .contains("6/6  In the end both sites hold the same")
        .contains("302 words: A stored 302, had 0, refused 0")
        .contains("   2  tea ")
        .doesNotContain("FAILED");
  }

  @Test
  void secondTime_findsTheWordsThere() throws Exception {
    var mesh = new PretendMesh(Optional.empty());
    tell(mesh);

    assertThat(tell(mesh)).isTrue();

    assertThat(told.toString()).contains("302 words: A stored 0, had 302, refused 0");
  }

  @Test
  void leftOversOfABrokenDemo_areCleared() throws Exception {
    var mesh = new PretendMesh(Optional.empty());
    mesh.upsert(samples.of("tea").toBuilder().setId(Demo.WORD).build());
    mesh.insert(samples.of("tea").toBuilder().setId(Demo.NEW_WORD).build());
    mesh.setReadOnly(true);

    assertThat(tell(mesh)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void fault_isFoundByItsStep(Fault fault) throws Exception {
    assertThat(tell(new PretendMesh(Optional.of(fault)))).isFalse();

    assertThat(told.toString())
        .contains("\n%d/6  ".formatted(fault.step()))
        .doesNotContain("\n%d/6  ".formatted(fault.step() + 1))
        .contains("FAILED");
  }

  private boolean tell(PretendMesh mesh) throws IOException, InterruptedException {
    try (var siteA = new PretendSite(mesh, false);
        var siteB = new PretendSite(mesh, true);
        var a = siteA.client();
        var b = siteB.client();
        var adminOfA = siteA.admin();
        var adminOfB = siteB.admin()) {
      var out = new PrintWriter(told, true);
      return Demo.ofTwoSites().tell(new Stage(a, b, adminOfA, adminOfB, samples, out));
    }
  }
}
