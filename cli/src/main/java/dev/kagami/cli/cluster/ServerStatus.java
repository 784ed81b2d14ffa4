package dev.kagami.cli.cluster;

import java.util.OptionalLong;

/**
 * A server at one moment.
 *
 * @param pid of its process, if it runs
 */
record ServerStatus(ClusterServer server, OptionalLong pid, State state) {

  /** How it is. */
  enum State {
    READY("ready"),
    /** Starting, hung, or without one of its applications. */
    NOT_READY("not ready"),
    STOPPED("stopped");

    private final String word;

    State(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  static ServerStatus of(ClusterServer server) {
    var process = server.liberty().process();
    if (process.isEmpty()) {
      return new ServerStatus(server, OptionalLong.empty(), State.STOPPED);
    }
    var state = server.liberty().isReady() ? State.READY : State.NOT_READY;
    return new ServerStatus(server, OptionalLong.of(process.get().pid()), state);
  }

  String name() {
    return server.liberty().name();
  }
}
