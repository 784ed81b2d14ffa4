package dev.kagami.cli.liberty;

import java.nio.file.Path;

/**
 * Where the servers of one data directory live.
 *
 * @param data absolute
 */
record ServerFolders(Path data) {

  /** Liberty's WLP_USER_DIR. */
  Path user() {
    return data.resolve("wlp");
  }

  /** Liberty's WLP_OUTPUT_DIR. */
  Path output() {
    return data.resolve("out");
  }

  Path configuration(String server) {
    return user().resolve("servers").resolve(server);
  }

  Path applications(String server) {
    return configuration(server).resolve("apps");
  }

  Path logs(String server) {
    return output().resolve(server).resolve("logs");
  }

  /** What Liberty keeps to start faster the next time. */
  Path work(String server) {
    return output().resolve(server).resolve("workarea");
  }

  /** Ours, written as soon as the process exists. */
  Path pid(String server) {
    return data.resolve("run").resolve(server + ".pid");
  }

  /** Liberty's, written by its script. */
  Path libertyPid(String server) {
    return output().resolve(".pid").resolve(server + ".pid");
  }
}
