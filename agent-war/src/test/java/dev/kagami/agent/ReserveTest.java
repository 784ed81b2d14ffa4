package dev.kagami.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReserveTest {
  private static final long BYTES = (3 << 20) + 7;

  @TempDir private Path folder;

  @Test
  void roomIsTaken_fileHasItUntilItIsGivenBack() throws Exception {
    var reserve = new Reserve(folder, BYTES);

    reserve.take();

    assertThat(folder.resolve("reserve")).hasSize(BYTES);
    reserve.release();
    reserve.release();
    assertThat(folder.resolve("reserve")).doesNotExist();
  }

  @Test
  void crashLeftLess_isFilledUp() throws Exception {
    Files.write(folder.resolve("reserve"), new byte[100]);

    new Reserve(folder, BYTES).take();

    assertThat(folder.resolve("reserve")).hasSize(BYTES);
  }

  @Test
  void noneIsWanted_noneIsTaken() {
    new Reserve(folder, 0).take();

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void diskHasTooLittle_noneIsTaken() {
    new Reserve(folder, Long.MAX_VALUE / 2).take();

    assertThat(folder).isEmptyDirectory();
  }
}
