package dev.kagami.cli.demo;

import java.io.IOException;

/** Shows that a claim is true. */
@FunctionalInterface
interface Scene {

  /**
   * Acts, and checks what came of it.
   *
   * @throws Untrue if the claim does not hold
   * @throws io.grpc.StatusRuntimeException if a site refuses what the scene rests on
   */
  void play(Stage stage) throws Untrue, IOException, InterruptedException;
}
