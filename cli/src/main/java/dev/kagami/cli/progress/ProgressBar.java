package dev.kagami.cli.progress;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows count, rate and the time that is left: on a terminal one line that is written again and
 * again, elsewhere a line every few seconds. Rate and time left are those of the whole run so far.
 */
public final class ProgressBar implements Progress {

  private static final int WIDTH = 30;

  private final String what;
  private final PrintWriter out;
  private final boolean terminal;
  private final LongSupplier nanos;
  private final long pauseNanos;
  private final long startNanos;
  private long shownNanos;
  private int lastLength;

  /**
   * Starts the clock.
   *
   * @param what the pieces: "words"
   * @param terminal whether {@code out} can go back to the start of a line
   * @param nanos a clock like {@link System#nanoTime}
   */
  public ProgressBar(String what, PrintWriter out, boolean terminal, LongSupplier nanos) {
    this.what = requireNonNull(what, "what");
    this.out = requireNonNull(out, "out");
    this.terminal = terminal;
    this.nanos = requireNonNull(nanos, "nanos");
    this.pauseNanos = (terminal ? Duration.ofMillis(100) : Duration.ofSeconds(5)).toNanos();
    this.startNanos = nanos.getAsLong();
    this.shownNanos = startNanos;
  }

  /** Whether standard output is a terminal, as far as Java can tell. */
  @SuppressWarnings("SystemConsoleNull") // it is null again on JDK 25 when there is no terminal
  public static boolean standardOutputIsTerminal() {
    var console = System.console();
    return console != null && console.isTerminal();
  }

  @Override
  public synchronized void reached(long done, double share) {
    var now = nanos.getAsLong();
    if (now - shownNanos < pauseNanos) {
      return;
    }
    shownNanos = now;
    if (terminal) {
      rewrite(bar(share) + "  " + line(done, share));
    } else {
      out.println(line(done, share));
      out.flush();
    }
  }

  /** Takes the bar away, so that what is printed next starts at the margin. */
  public synchronized void clear() {
    if (terminal && lastLength > 0) {
      rewrite("");
      out.print('\r');
      out.flush();
    }
  }

  /** How many were done in the time since this bar was made, as words. */
  public String summary(long done) {
    var seconds = seconds();
    return String.format(
        Locale.ROOT, "%,d %s in %.1f s (%,.0f/s)", done, what, seconds, done / seconds);
  }

  private void rewrite(String text) {
    // The blanks cover what is left of a longer line before.
    out.print("\r" + text + " ".repeat(Math.max(0, lastLength - text.length())));
    out.flush();
    lastLength = text.length();
  }

  private static String bar(double share) {
    var full = (int) Math.round(WIDTH * Math.clamp(share, 0, 1));
    return "[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "]";
  }

  private String line(long done, double share) {
    var seconds = seconds();
    var left = share > 0 ? clock(seconds * (1 - share) / share) : "?";
    return String.format(
        Locale.ROOT,
        "%3.0f %%  %,d %s  %,.0f/s  %s left",
        100 * share,
        done,
        what,
        done / seconds,
        left);
  }

  private double seconds() {
    return Math.max(1e-3, (nanos.getAsLong() - startNanos) / 1e9);
  }

  private static String clock(double seconds) {
    var whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }
}
