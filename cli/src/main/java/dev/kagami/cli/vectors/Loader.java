package dev.kagami.cli.vectors;

import static java.util.Objects.requireNonNull;

import dev.kagami.cli.CommandFailure;
import dev.kagami.cli.progress.Progress;
import io.grpc.Channel;
import java.io.IOException;
import java.time.Duration;
import org.vdaas.vald.api.v1.payload.Upsert;
import org.vdaas.vald.api.v1.vald.UpsertGrpc;

/**
 * Streams the vectors of a file into a site: upserts, so that loading a file twice changes nothing,
 * with a bounded number of unanswered ones.
 */
public final class Loader {

  private static final int UNANSWERED = 256;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Channel channel;
  private final Duration patience;

  /**
   * Loads into the process at the other end of a channel.
   *
   * @param channel to a mirror, gateway or agent
   */
  public Loader(Channel channel) {
    this(channel, PATIENCE);
  }

  Loader(Channel channel, Duration patience) {
    this.channel = requireNonNull(channel, "channel");
    this.patience = requireNonNull(patience, "patience");
  }

  /**
   * Loads all of {@code file} and waits for the last answer. That single vectors are refused does
   * not end it.
   *
   * @throws CommandFailure if the file is damaged, the stream breaks or no answer comes for 30
   *     seconds; what was sent before may be stored
   */
  public Tally load(VectorFile file, Progress progress) throws IOException, InterruptedException {
    var answers = new Answers(UNANSWERED, patience, progress);
    var requests = UpsertGrpc.newStub(channel).streamUpsert(answers);
    try {
      for (var vector = file.next(); vector.isPresent(); vector = file.next()) {
        answers.awaitRoom();
        requests.onNext(Upsert.Request.newBuilder().setVector(vector.get()).build());
        answers.sent(file.share());
      }
      requests.onCompleted();
      return answers.awaitEnd();
    } finally {
      answers.abandon();
    }
  }
}
