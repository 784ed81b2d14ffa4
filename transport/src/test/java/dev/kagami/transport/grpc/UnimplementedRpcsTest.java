package dev.kagami.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class UnimplementedRpcsTest {
  private static final String REWRITE = "kagami.rewrite";
  private static final Path PAGE = Path.of("..", "docs", "unimplemented.md");

  @Test
  void page_tellsTheTruth() throws IOException {
    if (Boolean.getBoolean(REWRITE)) {
      Files.writeString(PAGE, UnimplementedRpcs.page());
    }

    assertThat(Files.readString(PAGE))
        .as(
            "docs/unimplemented.md is out of date; renew it with ./mvnw -pl transport -am test "
                + "-Dtest=UnimplementedRpcsTest -Dsurefire.failIfNoSpecifiedTests=false "
                + "-DargLine=-D"
                + REWRITE
                + "=true")
        .isEqualTo(UnimplementedRpcs.page());
  }
}
