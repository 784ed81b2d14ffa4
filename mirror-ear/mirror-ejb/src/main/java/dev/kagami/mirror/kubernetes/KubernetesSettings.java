package dev.kagami.mirror.kubernetes;

import static java.util.Objects.requireNonNull;

/**
 * Which resources concern a mirror.
 *
 * @param namespace theirs; empty for the one this process runs in
 * @param group the value of their label {@code group}; empty for all
 * @param colocation what is said of the targets that this mirror makes resources for
 */
public record KubernetesSettings(String namespace, String group, String colocation) {
  public KubernetesSettings {
    requireNonNull(namespace, "namespace");
    requireNonNull(group, "group");
    requireNonNull(colocation, "colocation");
  }
}
