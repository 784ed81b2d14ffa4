package dev.kagami.cli.cluster;

/** What a process does for its site, in the order a write passes them. */
enum Role {
  MIRROR("mirror", "mirror.ear"),
  GATEWAY("gateway", "gateway.war"),
  AGENT("agent", "agent.war");

  private final String word;
  private final String application;

  Role(String word, String application) {
    this.word = word;
    this.application = application;
  }

  /** As users read it; also the name of its configuration for a server of its own. */
  String word() {
    return word;
  }

  /** The file that is deployed. */
  String application() {
    return application;
  }
}
