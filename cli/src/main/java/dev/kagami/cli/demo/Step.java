package dev.kagami.cli.demo;

import static java.util.Objects.requireNonNull;

/**
 * A part of the story.
 *
 * @param claim one sentence about the system
 * @param scene shows that it is true
 */
record Step(String claim, Scene scene) {

  Step {
    requireNonNull(claim, "claim");
    requireNonNull(scene, "scene");
  }
}
