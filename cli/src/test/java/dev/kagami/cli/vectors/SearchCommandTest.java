package dev.kagami.cli.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchCommandTest {

  @TempDir private Path folder;
  private final ScriptedSearch search = new ScriptedSearch();

  @Test
  void id_showsNeighborsAsATable() throws Exception {
    var run = search("--id", "coffee");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
               1  tea           0.2500
               2  beer          0.5000
            """);
    assertThat(search.asked()).containsExactly("search coffee 10");
  }

  @Test
  void vector_mayBeginWithAMinus() throws Exception {
    var run = search("--vector", "-0.5,1e-3", "--num", "3");

    assertThat(run.exitCode()).isZero();
    assertThat(search.asked()).containsExactly("search [-0.5, 0.001] 3");
  }

  @Test
  void linear_asksForTheExactSearch() throws Exception {
    search("--id", "coffee", "--linear");
    search("--vector", "1,2", "--linear");

    assertThat(search.asked()).containsExactly("linear coffee 10", "linear [1.0, 2.0] 10");
  }

  @Test
  void json_isValdsOwn() throws Exception {
    var run = search("--id", "coffee", "-o", "json");

    assertThat(run.out().replaceAll("\\s", ""))
        .isEqualTo(
            "{\"results\":[{\"id\":\"tea\",\"distance\":0.25},{\"id\":\"beer\",\"distance\":0.5}]}");
  }

  @Test
  void refusal_isToldWithCodeAndSite() throws Exception {
    var run = search("--id", "unknown");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("Site A answers NOT_FOUND: no vector 'unknown'\n");
  }

  @Test
  void neitherOrBothOfIdAndVector_isWrongUsage() throws Exception {
    assertThat(search().exitCode()).isEqualTo(2);
    assertThat(search("--id", "a", "--vector", "1,2").exitCode()).isEqualTo(2);
    assertThat(search("--vector", "1,x").exitCode()).isEqualTo(2);
  }

  private CommandRun search(String... arguments) throws IOException {
    try (var site = new ScriptedSite(search)) {
      var all = Stream.concat(Stream.of("search"), Stream.of(arguments));
      return CommandRun.of(site.describeIn(folder), all.toArray(String[]::new));
    }
  }
}
