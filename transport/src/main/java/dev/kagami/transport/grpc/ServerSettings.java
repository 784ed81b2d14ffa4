package dev.kagami.transport.grpc;

import dev.kagami.core.store.Node;
import dev.kagami.transport.peer.MeshSecret;
import java.time.InstantSource;

/**
 * Where a server listens and as whom.
 *
 * @param host the address to bind, such as 127.0.0.1
 * @param port 1 to 65535, or 0 for any free one
 * @param role what this process is
 * @param secret what its peers must know
 * @param clock for deadlines
 */
public record ServerSettings(
    String host, int port, Node.Role role, MeshSecret secret, InstantSource clock) {}
