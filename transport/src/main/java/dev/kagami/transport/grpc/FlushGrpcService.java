package dev.kagami.transport.grpc;

import org.vdaas.vald.api.v1.vald.FlushGrpc;

/** {@code vald.v1.Flush}: registered, so that clients learn that it is not built. */
final class FlushGrpcService extends FlushGrpc.FlushImplBase {}
