package dev.kagami.cli.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The lines of a server's jvm.options, in the {@code =} form that Liberty's script needs. */
final class JvmOptions {

  /** For a gateway or mirror alone, which keeps no vectors. */
  private static final String SMALL_HEAP = "512m";

  private JvmOptions() {}

  /** With what the agents' vector arithmetic needs. */
  static List<String> withAgents(String heap) {
    var options = new ArrayList<>(withoutAgents());
    options.set(0, "-Xmx" + heap);
    options.add("--add-modules=jdk.incubator.vector");
    return options;
  }

  static List<String> withoutAgents() {
    var options = new ArrayList<String>();
    options.add("-Xmx" + SMALL_HEAP);
    // Netty and the journal.
    options.add("--enable-native-access=ALL-UNNAMED");
    options.add("--sun-misc-unsafe-memory-access=allow");
    if (System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
      options.add("-XX:+UseTransparentHugePages");
    }
    return options;
  }
}
