package dev.kagami.cli.liberty;

import static java.util.Objects.requireNonNull;

/**
 * A server that can be started.
 *
 * @param name unique within its data directory; also the name of its folders
 */
public record ServerDefinition(String name, Ports ports, ServerFiles files) {

  public ServerDefinition {
    requireNonNull(name, "name");
    requireNonNull(ports, "ports");
    requireNonNull(files, "files");
  }
}
