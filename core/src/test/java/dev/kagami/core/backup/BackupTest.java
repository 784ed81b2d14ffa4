package dev.kagami.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of files that is restored whole or not at all. */
class BackupTest {
  @TempDir private Path folder;

  private Path backup;
  private Path target;

  @BeforeEach
  void backUp() throws IOException {
    backup = Files.createDirectories(folder.resolve("backup").resolve("in it")).getParent();
    target = folder.resolve("target");
    Files.writeString(backup.resolve("in it").resolve("one"), "1");
    Files.writeString(backup.resolve("two"), "22");
    Backup.complete(backup);
  }

  @Test
  void everythingIsSound_isCopiedAndMarkedAsRestored() throws Exception {
    assertThat(Backup.restore(backup, target)).isEqualTo(3);

    assertThat(target.resolve("in it").resolve("one")).hasContent("1");
    assertThat(target.resolve("two")).hasContent("22");
    assertThat(target.resolve(Backup.RESTORED)).exists();
    assertThat(target.resolve(Backup.MANIFEST)).doesNotExist();
  }

  @Test
  void byteWasFlipped_isRefusedAndNothingIsCopied() throws Exception {
    Files.writeString(backup.resolve("two"), "23");

    assertRefused("two has changed");
  }

  @Test
  void fileIsGone_isRefused() throws Exception {
    Files.delete(backup.resolve("two"));

    assertRefused("two is missing");
  }

  @Test
  void backupWasNotFinished_isRefused() throws Exception {
    Files.delete(backup.resolve(Backup.MANIFEST));

    assertRefused("no complete backup");
  }

  @Test
  void manifestLeadsElsewhere_isRefused() throws Exception {
    Files.writeString(backup.resolve(Backup.MANIFEST), "00000000 1 ../secret\n");

    assertRefused("bad line");
  }

  @Test
  void targetHoldsSomething_isRefused() throws Exception {
    Files.createDirectories(target);
    Files.writeString(target.resolve("other"), "");

    assertThatThrownBy(() -> Backup.restore(backup, target))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not empty");
    assertThat(target.resolve("two")).doesNotExist();
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> Backup.restore(backup, target))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
    assertThat(target).doesNotExist();
  }
}
