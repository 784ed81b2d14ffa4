package dev.kagami.cli.demo;

import dev.kagami.cli.vectors.AgentMode;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import org.vdaas.vald.api.v1.payload.Object.Vector;

/**
 * B's agents are switched to read-only; an Upsert and an Insert through A must fail and leave both
 * sites as they were.
 */
final class RefusedWrites implements Scene {

  @Override
  public void play(Stage stage) throws Untrue, InterruptedException {
    stage.say("./kagami agent read-only --site B");
    stage.adminOfB().setMode(AgentMode.READ_ONLY);

    var changed = stage.samples().of("tea").toBuilder().setId(Demo.WORD).build();
    refuse(stage, "Upsert of '" + Demo.WORD + "'", changed, () -> stage.a().upsert(changed));

    var added = changed.toBuilder().setId(Demo.NEW_WORD).build();
    refuse(stage, "Insert of '" + Demo.NEW_WORD + "'", added, () -> stage.a().insert(added));
  }

  private static void refuse(Stage stage, String what, Vector vector, Runnable write)
      throws Untrue {
    var beforeAtA = stage.a().find(vector.getId());
    var beforeAtB = stage.b().find(vector.getId());

    var status = statusOf(write);
    stage.say(what + " at A answers " + status.getCode() + ": " + status.getDescription());
    stage.check(status.getCode() == Status.Code.UNAVAILABLE, "the client is told UNAVAILABLE");
    stage.check(
        stage.a().find(vector.getId()).equals(beforeAtA), "A is rolled back: " + tell(beforeAtA));
    stage.check(
        stage.b().find(vector.getId()).equals(beforeAtB), "B is as before: " + tell(beforeAtB));
  }

  private static Status statusOf(Runnable write) {
    try {
      write.run();
      return Status.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
  }

  private static String tell(Optional<Vector> vector) {
    return vector
        .map(found -> "every bit of the vector, and timestamp " + found.getTimestamp())
        .orElse("it does not have that word");
  }
}
