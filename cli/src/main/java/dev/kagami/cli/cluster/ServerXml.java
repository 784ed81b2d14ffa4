package dev.kagami.cli.cluster;

import dev.kagami.cli.liberty.Port;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The text of a server.xml: an included file of the installation, and what is counted in agents.
 */
final class ServerXml {

  private final StringBuilder text = new StringBuilder();

  /** A server that is described by {@code include}, a file of liberty-config. */
  ServerXml(String server, String include) {
    var head =
        String.format(
            Locale.ROOT,
            """
            <server description="%s, written by kagami up at each start: changes here are lost.">
              <include location="${kagami.home}/liberty/%s"/>
            """,
            server,
            include);
    text.append(head);
  }

  /** Adds an agent with a port, a host and settings of its own. */
  void addAgent(String name, Port http, Map<String, String> settings) {
    var block =
        String.format(
            Locale.ROOT,
            """

              <httpEndpoint id="%1$s" host="${http.host}" httpPort="%2$d" httpsPort="-1"/>
              <virtualHost id="%1$s" allowFromEndpointRef="%1$s">
                <hostAlias>*:%2$d</hostAlias>
              </virtualHost>
              <webApplication id="%1$s" name="%1$s" location="${kagami.apps}/agent.war" contextRoot="/">
                <web-bnd>
                  <virtual-host name="%1$s"/>
                </web-bnd>
                <appProperties>
            %3$s    </appProperties>
              </webApplication>
            """,
            name,
            http.number(),
            properties(settings));
    text.append(block);
  }

  private static String properties(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(e -> property(e.getKey(), e.getValue()))
        .collect(Collectors.joining());
  }

  private static String property(String name, String value) {
    return "      <property name=\"" + name + "\" value=\"" + escaped(value) + "\"/>\n";
  }

  private static String escaped(String value) {
    return value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  @Override
  public String toString() {
    return text + "</server>\n";
  }
}
