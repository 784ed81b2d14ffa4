package dev.kagami.cli.cluster;

import dev.kagami.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder a cluster lives in.
 *
 * @param path absolute
 */
record DataDirectory(Path path) {

  /** What Liberty, its shell script or the database would read as something else in a path. */
  private static final String[] REFUSED = {"$", ";", "\"", "`", "\n", "*", "?"};

  DataDirectory {
    path = path.toAbsolutePath().normalize();
    for (var text : REFUSED) {
      if (path.toString().contains(text)) {
        throw new CommandFailure(
            "The data directory " + path + " cannot be used: its name contains '" + text + "'.");
      }
    }
  }

  /** Makes it if it is missing, and keeps other commands from starting and stopping here. */
  CommandLock lock() {
    try {
      Files.createDirectories(path);
      return CommandLock.take(path);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** The settings of the cluster that lives here. */
  ClusterSettings settings() {
    return SettingsFile.in(path)
        .load()
        .orElseThrow(() ->
            new CommandFailure(
                "There is no cluster in " + path + ": ./kagami up makes one there."));
  }

  /**
   * What a start needs: settings, secret, the folders of each site.
   *
   * @throws CommandFailure if the folder cannot be written
   */
  void prepare(ClusterSettings settings) {
    try {
      SettingsFile.in(path).store(settings);
      MeshSecret.in(path).makeIfMissing();
      for (var site : Site.all(settings)) {
        Files.createDirectories(path.resolve(site.name()));
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private CommandFailure unwritable(IOException e) {
    return new CommandFailure(
        "Cannot write in the data directory "
            + path
            + " ("
            + e
            + "); choose another one with --data.",
        e);
  }
}
