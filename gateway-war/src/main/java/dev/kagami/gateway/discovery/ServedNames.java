package dev.kagami.gateway.discovery;

import dev.kagami.transport.setting.Setting;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the agents are called towards those who ask this gateway for them.
 *
 * @param agents the name of the application
 * @param namespace where it runs
 */
public record ServedNames(String agents, String namespace) {
  /** As Vald's chart names them. */
  public static final ServedNames USUAL = new ServedNames("vald-agent", "default");

  /** Reads {@code kagami.gateway.discoverer.…}; both may be absent. */
  public static ServedNames read(Function<String, Optional<String>> source) {
    return new ServedNames(
        text("kagami.gateway.discoverer.name", USUAL.agents(), source),
        text("kagami.gateway.discoverer.namespace", USUAL.namespace(), source));
  }

  private static String text(String name, String usual, Function<String, Optional<String>> source) {
    return Setting.optional(name, source).map(Setting::value).orElse(usual);
  }
}
