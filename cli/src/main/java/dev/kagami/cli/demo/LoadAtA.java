package dev.kagami.cli.demo;

import dev.kagami.cli.progress.ProgressBar;
import dev.kagami.cli.vectors.Loader;
import dev.kagami.cli.vectors.Tally;
import dev.kagami.cli.vectors.VectorFile;
import java.io.IOException;
import java.util.Locale;

/** Streams the sample data into A and reads them back from both sites. */
final class LoadAtA implements Scene {

  @Override
  public void play(Stage stage) throws Untrue, IOException, InterruptedException {
    var words = stage.samples().byWord().size();
    var tally = load(stage);
    tally.reasons().forEach(stage::say);
    stage.check(
        tally.refusals() == 0 && tally.answered() == words,
        number(words)
            + " words: A stored "
            + number(tally.stored())
            + ", had "
            + number(tally.alreadyThere())
            + ", refused "
            + number(tally.refusals()));

    var atA = stage.a().findAll(stage.samples().byWord().keySet());
    stage.check(
        atA.size() == words && atA.values().stream().allMatch(stage.samples()::agreeWith),
        "A has each of them, as it is in the file");
    stage.check(
        stage.b().findAll(stage.samples().byWord().keySet()).equals(atA),
        "B has each of them, with the same bits and the same timestamp");
  }

  private static Tally load(Stage stage) throws IOException, InterruptedException {
    var terminal = ProgressBar.standardOutputIsTerminal();
    var bar = new ProgressBar("words", stage.out(), terminal, System::nanoTime);
    try (var file = VectorFile.open(stage.samples().file())) {
      var tally = new Loader(stage.a().channel()).load(file, bar);
      bar.clear();
      stage.say(bar.summary(tally.answered()) + ", each answered after both sites had stored it");
      return tally;
    }
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
