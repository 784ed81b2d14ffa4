package dev.kagami.cli.demo;

/** Reads every word from both sites once more and compares. */
final class SameEverywhere implements Scene {

  @Override
  public void play(Stage stage) throws Untrue, InterruptedException {
    var words = stage.samples().byWord().keySet();
    var atA = stage.a().findAll(words);
    var atB = stage.b().findAll(words);
    stage.check(atA.size() == words.size(), "A has all " + words.size() + " words");
    stage.check(atB.equals(atA), "B has the same, in vector and timestamp");
    stage.check(
        atA.values().stream().allMatch(stage.samples()::agreeWith), "they are those of the file");
  }
}
