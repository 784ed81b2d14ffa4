package dev.kagami.cli.demo;

import java.io.PrintWriter;

/** What all scenes share. */
record Stage(
    SiteClient a,
    SiteClient b,
    SiteAdmin adminOfA,
    SiteAdmin adminOfB,
    Samples samples,
    PrintWriter out) {

  /** Tells what happens. */
  void say(String line) {
    out.println("     " + line);
    out.flush();
  }

  /** Tells what was found true, or ends the story if it is not. */
  void check(boolean holds, String claim) throws Untrue {
    if (!holds) {
      throw new Untrue(claim);
    }
    out.println("  ok " + claim);
    out.flush();
  }
}
