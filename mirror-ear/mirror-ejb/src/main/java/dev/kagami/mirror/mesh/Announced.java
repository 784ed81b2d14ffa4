package dev.kagami.mirror.mesh;

/** An address as another process gave it, unchecked. */
public record Announced(String host, int port) {}
