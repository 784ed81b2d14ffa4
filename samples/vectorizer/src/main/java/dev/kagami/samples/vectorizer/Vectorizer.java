package dev.kagami.samples.vectorizer;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.vdaas.vald.api.v1.filter.ingress.FilterGrpc;
import org.vdaas.vald.api.v1.payload.Object;

/**
 * A server of {@code filter.ingress.v1.Filter} that makes vectors of UTF-8 texts. Listens from
 * construction on.
 */
public final class Vectorizer implements AutoCloseable {
  private final Server server;

  /**
   * @param port 0 for any free one
   * @param dimension of the vectors
   */
  public Vectorizer(String host, int port, int dimension) {
    try {
      this.server =
          NettyServerBuilder.forAddress(new InetSocketAddress(host, port))
              .addService(new Service(new HashedWords(dimension)))
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on " + host + ":" + port, e);
    }
  }

  /** {@code host port dimension}: serves until the process is ended. */
  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length != 3) {
      System.err.println("give host, port and dimension, such as: 127.0.0.1 20100 100");
      System.exit(2);
    }
    var vectorizer =
        new Vectorizer(
            arguments[0], Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    System.out.println("vectors of texts at " + arguments[0] + ":" + vectorizer.port());
    vectorizer.server.awaitTermination();
  }

  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private static final class Service extends FilterGrpc.FilterImplBase {
    private final HashedWords words;

    Service(HashedWords words) {
      this.words = words;
    }

    @Override
    public void genVector(Object.Blob object, StreamObserver<Object.Vector> answers) {
      try {
        var vector = Object.Vector.newBuilder().setId(object.getId());
        for (float component : words.vector(text(object.getObject().asReadOnlyByteBuffer()))) {
          vector.addVector(component);
        }
        answers.onNext(vector.build());
        answers.onCompleted();
      } catch (CharacterCodingException e) {
        answers.onError(
            Status.INVALID_ARGUMENT
                .withDescription("the object of '" + object.getId() + "' is no UTF-8 text")
                .asException());
      }
    }

    /** Refuses what is no UTF-8 rather than making something of it. */
    private static String text(ByteBuffer bytes) throws CharacterCodingException {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    }

    /** Nothing to change. */
    @Override
    public void filterVector(Object.Vector vector, StreamObserver<Object.Vector> answers) {
      answers.onNext(vector);
      answers.onCompleted();
    }
  }
}
