package dev.kagami.cli.liberty;

import java.util.List;
import java.util.SequencedMap;

/**
 * What stands in a server's folder.
 *
 * @param serverXml the text of server.xml
 * @param bootstrap the entries of bootstrap.properties: variables in server.xml, settings of every
 *     application in the server
 * @param jvmOptions the lines of jvm.options
 * @param applications file names of the applications it hosts
 */
public record ServerFiles(
    String serverXml,
    SequencedMap<String, String> bootstrap,
    List<String> jvmOptions,
    List<String> applications) {

  public ServerFiles {
    jvmOptions = List.copyOf(jvmOptions);
    applications = List.copyOf(applications);
  }
}
