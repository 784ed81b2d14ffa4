package dev.kagami.cli.liberty;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Properties;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerFolderWriterTest {

  @TempDir private Path folder;
  private FakeLiberty liberty;

  @BeforeEach
  void install() throws IOException {
    liberty = new FakeLiberty(folder);
  }

  @Test
  void bootstrapProperties_giveEveryValueBack() throws IOException {
    var settings = new LinkedHashMap<String, String>();
    settings.put("path", "C:\\data\\Käse 鏡 #1=2");

    var written = write(settings);

    assertThat(written)
        .containsEntry("path", "C:\\data\\Käse 鏡 #1=2")
        .containsEntry("kagami.home", folder.resolve("dist").toString())
        .containsEntry("kagami.apps", folder.resolve("data/wlp/servers/one/apps").toString());
  }

  @Test
  void secondWriting_replacesFilesAndApplications() throws IOException {
    write(new LinkedHashMap<>());
    var built = folder.resolve("dist/apps/some.war");
    Files.move(Files.writeString(folder.resolve("next"), "v2"), built, REPLACE_EXISTING);

    write(new LinkedHashMap<>());

    var server = folder.resolve("data/wlp/servers/one");
    assertThat(server.resolve("apps/some.war")).hasContent("v2");
    assertThat(server.resolve("jvm.options")).hasContent("-Xmx64m\n-Dx=y\n");
    assertThat(server.resolve("server.xml")).hasContent("<server/>");
  }

  @Test
  void newApplication_findsNothingOfTheOldOne() throws IOException {
    write(new LinkedHashMap<>());
    var unpacked = unpack();
    var built = folder.resolve("dist/apps/some.war");
    Files.move(Files.writeString(folder.resolve("next"), "v2"), built, REPLACE_EXISTING);

    write(new LinkedHashMap<>());

    assertThat(unpacked).doesNotExist();
  }

  @Test
  void sameApplication_isFoundUnpacked() throws IOException {
    write(new LinkedHashMap<>());
    var unpacked = unpack();

    write(new LinkedHashMap<>());

    assertThat(unpacked).hasContent("unpacked");
  }

  private Path unpack() throws IOException {
    var cache = Files.createDirectories(folder.resolve("data/out/one/workarea/1/cache"));
    return Files.writeString(cache.resolve("some.class"), "unpacked");
  }

  private Properties write(SequencedMap<String, String> settings) throws IOException {
    var ports = FakeLiberty.definition("one", FakeServer.READY).ports();
    var files =
        new ServerFiles("<server/>", settings, List.of("-Xmx64m", "-Dx=y"), List.of("some.war"));
    var definition = new ServerDefinition("one", ports, files);
    new ServerFolderWriter(liberty.installation(), liberty.folders(), definition).write();
    var written = new Properties();
    var file = liberty.folders().configuration("one").resolve("bootstrap.properties");
    try (var in = Files.newInputStream(file)) {
      written.load(in);
    }
    return written;
  }
}
