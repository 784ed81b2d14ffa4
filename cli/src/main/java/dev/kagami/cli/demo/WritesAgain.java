package dev.kagami.cli.demo;

import dev.kagami.cli.vectors.AgentMode;
import java.io.IOException;
import java.util.List;

/** The writes that failed succeed now; what is removed at B leaves A too. */
final class WritesAgain implements Scene {

  @Override
  public void play(Stage stage) throws Untrue, IOException, InterruptedException {
    stage.say("./kagami agent writable --site B");
    stage.adminOfB().setMode(AgentMode.WRITABLE);
    stage.check(stage.adminOfA().becomesConnectedTo(1), "A lists B as connected");

    var changed = stage.samples().of("tea").toBuilder().setId(Demo.WORD).build();
    var added = changed.toBuilder().setId(Demo.NEW_WORD).build();
    stage.a().upsert(changed);
    stage.a().insert(added);
    for (var vector : List.of(changed, added)) {
      var atB = stage.b().find(vector.getId());
      stage.check(
          atB.isPresent()
              && atB.get().getVectorList().equals(vector.getVectorList())
              && atB.equals(stage.a().find(vector.getId())),
          "'" + vector.getId() + "' written at A is at both sites");
    }

    stage.b().remove(Demo.NEW_WORD);
    stage.b().upsert(stage.samples().of(Demo.WORD));
    stage.check(
        stage.a().find(Demo.NEW_WORD).isEmpty() && stage.b().find(Demo.NEW_WORD).isEmpty(),
        "'" + Demo.NEW_WORD + "' removed at B is gone at both sites");
    stage.check(
        stage.a().find(Demo.WORD).filter(stage.samples()::agreeWith).isPresent(),
        "'" + Demo.WORD + "' set right at B is right at A");
  }
}
