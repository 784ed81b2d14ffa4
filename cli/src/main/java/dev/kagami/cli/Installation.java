package dev.kagami.cli;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the build has put what the commands need. All paths are absolute.
 *
 * @param root the folder of the launcher
 * @param liberty the unpacked Open Liberty, with {@code bin/server}
 * @param home applications, drivers and server configuration; {@code kagami.home} in the servers
 * @param jdk the JDK that runs this program and shall run the servers
 */
public record Installation(Path root, Path liberty, Path home, Path jdk) {

  public Installation {
    requireNonNull(root, "root");
    requireNonNull(liberty, "liberty");
    requireNonNull(home, "home");
    requireNonNull(jdk, "jdk");
  }

  /**
   * The installation below the launcher's folder.
   *
   * @throws CommandFailure if Open Liberty was not unpacked there
   */
  public static Installation below(Path root) {
    Path runtime = root.toAbsolutePath().normalize().resolve(".runtime");
    Path liberty = runtime.resolve(BuildProperties.load().liberty()).resolve("wlp");
    if (!Files.isExecutable(liberty.resolve("bin").resolve("server"))) {
      throw new CommandFailure(
          "There is no Open Liberty in " + liberty + ": delete " + runtime + " and start again.");
    }
    Path jdk = Path.of(System.getProperty("java.home"));
    return new Installation(root, liberty, runtime.resolve("dist"), jdk);
  }
}
