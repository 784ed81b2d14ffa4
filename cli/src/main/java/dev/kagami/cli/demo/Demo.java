package dev.kagami.cli.demo;

import dev.kagami.cli.CommandFailure;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** The story: what a mirrored system is for, in six claims. */
record Demo(List<Step> steps) {

  /** The word whose vector others try to change. */
  static final String WORD = "coffee";

  /** A word that is not among the samples. */
  static final String NEW_WORD = "kagami";

  Demo {
    steps = List.copyOf(steps);
  }

  static Demo ofTwoSites() {
    return new Demo(
        List.of(
            new Step("Two sites, A and B, find each other.", new SitesMeet()),
            new Step("What is loaded at A is stored at both sites.", new LoadAtA()),
            new Step("B finds the neighbors of a word it has from A.", new SearchAtB()),
            new Step("A write that B refuses happens nowhere.", new RefusedWrites()),
            new Step("When B takes writes again, they reach both sites.", new WritesAgain()),
            new Step("In the end both sites hold the same, bit for bit.", new SameEverywhere())));
  }

  /** Plays all steps, or those up to the first that is not true. */
  boolean tell(Stage stage) throws IOException, InterruptedException {
    for (var i = 0; i < steps.size(); i++) {
      var step = steps.get(i);
      title(stage.out(), i + 1, step.claim());
      if (!isTrue(step, stage)) {
        return false;
      }
    }
    return true;
  }

  private void title(PrintWriter out, int number, String claim) {
    out.println();
    out.println(number + "/" + steps.size() + "  " + claim);
    out.flush();
  }

  private static boolean isTrue(Step step, Stage stage) throws IOException, InterruptedException {
    try {
      step.scene().play(stage);
      return true;
    } catch (Untrue e) {
      return failed(stage, "not so: " + e.getMessage());
    } catch (StatusRuntimeException e) {
      return failed(
          stage,
          "a site answered " + e.getStatus().getCode() + ": " + e.getStatus().getDescription());
    } catch (CommandFailure e) {
      return failed(stage, e.getMessage());
    }
  }

  private static boolean failed(Stage stage, String how) {
    stage.out().println("  FAILED  " + how);
    stage.out().flush();
    return false;
  }
}
