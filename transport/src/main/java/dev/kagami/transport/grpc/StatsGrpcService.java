package dev.kagami.transport.grpc;

import org.vdaas.vald.api.v1.rpc.StatsGrpc;

/** {@code rpc.v1.Stats}: registered, so that clients learn that it is not built. */
final class StatsGrpcService extends StatsGrpc.StatsImplBase {}
