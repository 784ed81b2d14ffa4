/** Files of vectors, and the commands against a real gRPC server whose answers are scripted. */
package dev.kagami.cli.vectors;
