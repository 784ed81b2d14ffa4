package dev.kagami.transport.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * The secret that all processes of a mesh share, sent as metadata {@code kagami-mesh}. Immutable;
 * never shows in {@link #toString}.
 */
public final class MeshSecret {
  /** Fewer letters could be guessed. */
  public static final int MIN_LENGTH = 16;

  public static final int MAX_LENGTH = 512;

  static final Metadata.Key<String> KEY =
      Metadata.Key.of("kagami-mesh", Metadata.ASCII_STRING_MARSHALLER);

  private final String secret;

  private MeshSecret(String secret) {
    this.secret = secret;
  }

  /**
   * The secret that is this text.
   *
   * @throws IllegalArgumentException if the text is no secret: {@value #MIN_LENGTH} to {@value
   *     #MAX_LENGTH} visible ASCII letters
   */
  public static MeshSecret of(String secret) {
    if (secret.length() < MIN_LENGTH
        || secret.length() > MAX_LENGTH
        || !secret.chars().allMatch(letter -> letter > ' ' && letter < 127)) {
      throw new IllegalArgumentException(
          "a mesh secret has "
              + MIN_LENGTH
              + " to "
              + MAX_LENGTH
              + " visible ASCII letters and no blanks");
    }
    return new MeshSecret(secret);
  }

  /**
   * The secret in {@code file}, without the line end.
   *
   * @throws IllegalArgumentException if the file holds no secret, naming the file
   * @throws UncheckedIOException if it cannot be read, naming the file
   */
  public static MeshSecret read(Path file) {
    try {
      return of(Files.readString(file, US_ASCII).strip());
    } catch (IOException e) {
      throw new UncheckedIOException("the mesh secret " + file + " cannot be read: " + e, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("file " + file + ": " + e.getMessage(), e);
    }
  }

  /** The same channel, on which every call carries the secret. */
  public Channel attachTo(Channel channel) {
    var headers = new Metadata();
    headers.put(KEY, secret);
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /** Whether these headers carry the secret; takes the same time wherever they differ. */
  boolean matches(Metadata headers) {
    var presented = headers.get(KEY);
    return presented != null
        && MessageDigest.isEqual(presented.getBytes(US_ASCII), secret.getBytes(US_ASCII));
  }

  @Override
  public String toString() {
    return "MeshSecret[hidden]";
  }
}
