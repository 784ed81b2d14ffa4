package dev.kagami.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.vdaas.vald.api.v1.payload.Empty;
import org.vdaas.vald.api.v1.payload.Flush;
import org.vdaas.vald.api.v1.rpc.StatsGrpc;
import org.vdaas.vald.api.v1.vald.FlushGrpc;

class UnimplementedRpcsTest extends ServedStore {
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

  @Test
  void whatIsNotBuilt_saysSo() {
    var flush =
        failure(
            () -> FlushGrpc.newBlockingStub(channel()).flush(Flush.Request.getDefaultInstance()));
    var stats =
        failure(
            () -> StatsGrpc.newBlockingStub(channel()).resourceStats(Empty.getDefaultInstance()));

    assertThat(flush.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(stats.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
  }
}
