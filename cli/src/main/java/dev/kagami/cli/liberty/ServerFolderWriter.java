package dev.kagami.cli.liberty;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kagami.cli.Installation;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a server's folder anew; only for a server that does not run. */
record ServerFolderWriter(
    Installation installation, ServerFolders folders, ServerDefinition definition) {

  void write() throws IOException {
    var folder = folders.configuration(definition.name());
    var files = definition.files();
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("server.xml"), files.serverXml());
    Files.writeString(folder.resolve("jvm.options"), lines(files.jvmOptions()));
    Files.writeString(folder.resolve("bootstrap.properties"), bootstrap(), UTF_8);
    takeApplications();
  }

  private String bootstrap() {
    var entries = new LinkedHashMap<>(definition.files().bootstrap());
    entries.put("kagami.home", installation.home().toString());
    entries.put("kagami.apps", folders.applications(definition.name()).toString());
    return lines(
        entries.entrySet().stream().map(ServerFolderWriter::property).collect(Collectors.toList()));
  }

  private static String property(Map.Entry<String, String> entry) {
    return entry.getKey() + "=" + escaped(entry.getValue());
  }

  /** As {@link java.util.Properties#load} reads it: no raw backslash, nothing beyond ASCII. */
  private static String escaped(String value) {
    return value
        .chars()
        .mapToObj(c ->
            c == '\\'
                ? "\\\\"
                : c > 126 ? String.format(Locale.ROOT, "\\u%04x", c) : String.valueOf((char) c))
        .collect(Collectors.joining());
  }

  private static String lines(Iterable<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  /**
   * The server gets links of its own, so that a build beside it does not exchange the applications
   * under its feet: the build writes new files, the links keep the old ones.
   */
  private void takeApplications() throws IOException {
    var taken = folders.applications(definition.name());
    Files.createDirectories(taken);
    if (haveChanged(taken)) {
      forgetOldApplications();
      for (var name : definition.files().applications()) {
        Files.deleteIfExists(taken.resolve(name));
        linkOrCopy(built(name), taken.resolve(name));
      }
    }
  }

  private Path built(String application) {
    return installation.home().resolve("apps").resolve(application);
  }

  /** A link to what is built is equal without a look inside. */
  private boolean haveChanged(Path taken) throws IOException {
    for (var name : definition.files().applications()) {
      var mine = taken.resolve(name);
      if (!Files.exists(mine) || Files.mismatch(mine, built(name)) >= 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Liberty keeps what it unpacked, and may take a class of the old application from there. This
   * comes before the exchange: broken off in between, the next start finds the difference again.
   */
  private void forgetOldApplications() throws IOException {
    var work = folders.work(definition.name());
    if (Files.exists(work)) {
      try (var files = Files.walk(work)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void linkOrCopy(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (FileSystemException | UnsupportedOperationException anotherDisk) {
      Files.copy(from, to);
    }
  }
}
