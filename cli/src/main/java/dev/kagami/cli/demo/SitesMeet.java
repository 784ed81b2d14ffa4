package dev.kagami.cli.demo;

import dev.kagami.cli.vectors.AgentMode;
import java.io.IOException;

/** Waits for the mesh, and takes back what a demo that was broken off has left. */
final class SitesMeet implements Scene {

  @Override
  public void play(Stage stage) throws Untrue, IOException, InterruptedException {
    stage.adminOfB().setMode(AgentMode.WRITABLE);
    stage.check(stage.adminOfA().becomesConnectedTo(1), "A lists one target, B, as connected");
    stage.check(stage.adminOfB().becomesConnectedTo(1), "B lists one target, A, as connected");
    if (stage.a().find(Demo.NEW_WORD).isPresent()) {
      stage.a().remove(Demo.NEW_WORD);
    }
  }
}
