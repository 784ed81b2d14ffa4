package dev.kagami.cli.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.kagami.cli.CommandFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Optional;
import org.vdaas.vald.api.v1.payload.Object.Vector;

/**
 * A JSON object a line: {@code {"id": "coffee", "vector": [0.1, 0.2]}}, with {@code "timestamp"} in
 * nanoseconds if wanted. It is the JSON form of Vald's {@code Object.Vector}. Empty lines count for
 * nothing.
 */
final class JsonLines implements VectorFile {

  private final Path file;
  private final FileChannel channel;
  private final BufferedReader lines;
  private long number;

  JsonLines(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
    this.lines = new BufferedReader(Channels.newReader(channel, UTF_8.newDecoder(), -1));
  }

  @Override
  public Optional<Vector> next() throws IOException {
    try {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          return Optional.of(parse(line));
        }
      }
      return Optional.empty();
    } catch (CharacterCodingException e) {
      throw new CommandFailure(file + " is not UTF-8 after line " + number + ".", e);
    }
  }

  /** By the bytes; the reader is a few thousand ahead. */
  @Override
  public double share() throws IOException {
    return channel.size() == 0 ? 1 : (double) channel.position() / channel.size();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private Vector parse(String line) {
    var vector = Vector.newBuilder();
    try {
      JsonFormat.parser().merge(line, vector);
    } catch (InvalidProtocolBufferException e) {
      throw wrong(e.getMessage());
    }
    if (vector.getId().isEmpty() || vector.getVectorCount() == 0) {
      throw wrong("an \"id\" and a \"vector\" are needed");
    }
    return vector.build();
  }

  private CommandFailure wrong(String how) {
    return new CommandFailure(
        file
            + ", line "
            + number
            + ": "
            + how
            + "; a line looks like {\"id\": \"a1\", \"vector\": [0.1, 0.2]}");
  }
}
